import { cp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type App, openApp } from '../../src/app.ts'
import { placeOf, startSite } from '../../src/daemon/start-site.ts'
import { isSuccess } from '../../src/domain/poll.ts'
import { HOUR, type Instant } from '../../src/domain/time.ts'
import { openLog } from '../../src/log.ts'
import type { PollReport } from '../../src/pipeline/poll-progress.ts'
import { PACKAGE } from '../../src/version.ts'
import type { RunningServer, ServedPlace } from '../../src/web/server.ts'
import { START } from '../pipeline/start.ts'
import { atEnd } from '../support/at-end.ts'
import { modelReader } from '../support/model-reader.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { begin, EVENT_MS, EVENTS, type Month } from './ghost-events.ts'
import { citedIn, type KnownOriginal, nothingPublished, publish, type Published } from './ghost-feeds.ts'
import { type Dated, hear, type Knowledge, withdraw } from './ghost-knowledge.ts'
import { openBlogger, openNotes, openOutlet, openWordpress } from './ghost-publishers.ts'
import { firstSettings, type Places, writeSettings } from './ghost-settings.ts'
import { expectations } from './ghost-sightings.ts'

const CYCLES_A_DAY = 6
const CYCLE_MS = 4 * HOUR
const LOOKS = 0.7

/** What came of a month. */
export interface MonthReport {
  readonly faults: readonly string[]
  readonly counts: Readonly<Record<'cycles' | 'polls' | 'failedPolls' | 'judged' | 'looks' | 'requests' | 'unmodified' | 'feeds', number>>
  /** How often each event happened. */
  readonly events: Readonly<Record<string, number>>
  /** How often each kind of sighting was to be seen, and was. */
  readonly sightings: Readonly<Record<string, number>>
}
