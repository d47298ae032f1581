import { describe, expect, it } from 'vitest'
import { type HostileSource, hostileSources, measuredOnce, outletsOf, serveHostile } from '../support/hostile-sources.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const MOST_MB = 300
const LIGHT: readonly (readonly [kind: string, names: RegExp])[] = [
  ['comes packed or without end', /^(a bomb|chunks without end|a body without end|header fields without end)/],
  ['is not closed or means more than it says', /^(300 KB|1 MB of (comment|document type|CDATA|start tag)|a billion laughs|a quadratic)/],
  ['nests', /^200,000 (div|arrays|objects|elements)/],
  ['names much', /^100,000 (attributes|namespaces|element names)/],
]

const sources = hostileSources({ file: 'file:///nowhere', url: 'http://127.0.0.1:9/' }, 9)

describe(`once holds less than ${MOST_MB} MB`, () => {
  for (const source of sources.filter(({ isHeavy }) => isHeavy)) it(`while it polls ${source.name}`, () => pollAlone([source]))

  for (const [kind, names] of LIGHT)
    it(`while it polls, one after the other, what ${kind}`, () => {
      const light = sources.filter(({ name, isHeavy }) => !isHeavy && names.test(name))
      expect(light.length).toBeGreaterThan(2)
      return pollAlone(light)
    })
})

async function pollAlone(polled: readonly HostileSource[]): Promise<void> {
  const servers = await Promise.all(polled.map(serveHostile))
  const folder = await temporaryFolder()
  const config = await writeConfig(folder, {
    sources: outletsOf(servers.map(({ url }) => url)),
    allowHosts: servers.map(({ host }) => host),
    polling: ['timeout: 10s', 'concurrency: 1'],
  })
  const { polls, peakMb } = await measuredOnce(config, folder)
  expect(polled.map((_, at) => polls[`case-${at}`]?.result)).toEqual(polled.map(({ result }) => result))
  expect(peakMb).toBeGreaterThan(30)
  expect(peakMb).toBeLessThan(MOST_MB)
}
