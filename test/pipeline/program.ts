import { writeFile } from 'node:fs/promises'
import { type App, openApp } from '../../src/app.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import type { PollState } from '../../src/domain/poll.ts'
import type { PollReport } from '../../src/pipeline/poll-progress.ts'
import type { CycleReport } from '../../src/pipeline.ts'
import type { JudgedPost } from '../../src/store/post-store.ts'
import { atEnd } from '../support/at-end.ts'
import { type Answer, type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { type PublishedEntry, publishedAtom } from '../support/published-feed.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { START } from './start.ts'

/** The whole program on a folder of its own, with a clock that goes on when the test says so. */
export interface Program {
  readonly app: App
  readonly config: SampleConfig
  /** The folder that holds config, state and output. */
  readonly folder: string
  readonly cycle: (which?: 'due' | 'all' | 'none', options?: { readonly acceptShrink?: boolean }) => Promise<CycleReport>
  readonly wait: (ms: number) => void
  /** Writes `sources.yaml` anew and puts it in force. */
  readonly reconfigure: (sources: string) => Promise<void>
  /** Every post that is published somewhere, newest first. */
  readonly posts: () => Promise<readonly JudgedPost[]>
  readonly feed: (slug: string) => Promise<readonly PublishedEntry[]>
  readonly state: (id: string) => Promise<PollState | undefined>
}

/** Opens a program that may poll `origin`. */
export async function openProgram(
  origin: Pick<LocalOrigin, 'host'>,
  sources: string,
  options: { readonly polling?: readonly string[]; readonly limit?: number } = {},
): Promise<Program> {
  const folder = await temporaryFolder()
  const config = await writeConfig(folder, { sources, allowHosts: [origin.host], ...options })
  let time = START
  // Two readings of a real clock are hardly ever the same.
  const now = () => time++
  const environment = { isPlain: true, secret: () => undefined }
  const app = await openApp(config.folder, { environment, now, random: () => 0 })
  atEnd(() => app[Symbol.asyncDispose]())
  return {
    app,
    config,
    folder,
    cycle: (which = 'due', more = {}) => app.cycle({ which, ...more }),
    wait: ms => {
      time += ms
    },
    reconfigure: async changed => {
      await writeFile(config.sourcesFile, changed)
      const loaded = await app.reload()
      if (loaded.kind === 'rejected') throw new Error(JSON.stringify(loaded.problems))
    },
    posts: () => app.store.posts.newest({ anyLabel: [], limit: 5_000, offset: 0 }),
    feed: slug => publishedAtom(config.publicFolder, slug),
    state: async id => (await app.store.sources.states([id as SourceId])).get(id as SourceId),
  }
}

/** What a path of the local web answers; a function is asked at every request. */
export type Page = Answer | string | ((url: URL) => Answer | string | undefined)

/** Serves documents at paths that a test may change at any time; text is sent as a feed. */
export async function serveWeb(pages: ReadonlyMap<string, Page>): Promise<LocalOrigin> {
  return serveFeeds(url => {
    const page = pages.get(url.pathname)
    const answer = typeof page === 'function' ? page(url) : page
    return typeof answer === 'string' ? { kind: 'document', body: answer } : answer
  })
}

/** The report of one source's poll. */
export function pollOf({ polls }: CycleReport, id: string): PollReport {
  const report = polls.find(({ source }) => source === id)
  if (report === undefined) throw new Error(`expected "${id}" to have been polled, only ${polls.map(({ source }) => source)} were`)
  return report
}
