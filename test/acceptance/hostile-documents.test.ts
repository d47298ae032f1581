import { beforeAll, describe, expect, it } from 'vitest'
import { parseFeed } from '../../src/parse/parse-feed.ts'
import { HOSTILE_DOCUMENTS, SURVIVOR } from '../support/hostile-documents.ts'
import { typeHeader } from '../support/hostile-sources.ts'
import { SECRET, type SetTraps, setTraps } from '../support/hostile-traps.ts'
import { openPoller, type Poller } from '../support/poll-through.ts'
import { answerOf } from '../support/raw-answer.ts'
import { serveRaw } from '../support/raw-server.ts'

// Far above what any of them takes, far below what would hold up a service.
const DEADLINE_MS = 5_000

let traps: SetTraps
let poller: Poller

beforeAll(async () => {
  traps = await setTraps()
  poller = openPoller()
})

describe('a hostile document', () => {
  for (const document of HOSTILE_DOCUMENTS) {
    const { name, result, entries = 1, detail = /^$/ } = document
    const outcome = `comes to ${result}${result === 'ok' ? ` with ${entries} ${entries === 1 ? 'entry' : 'entries'}` : ''}`
    it(`${outcome}: ${name}`, { timeout: DEADLINE_MS }, async () => {
      const body = Buffer.from(document.body(traps))
      const server = await serveRaw(socket => void socket.end(answerOf(body, typeHeader(document))))
      const polled = await poller.poll(server.url, { allowHosts: [server.host, traps.host] })
      await server.close()

      expect(polled).toMatchObject({ result, detail: expect.stringMatching(detail) })
      const { feed } = polled
      if (feed === undefined) return
      expect(feed.entries).toHaveLength(entries)
      if (entries > 0) expect(feed.entries.map(({ title }) => title?.value)).toContain(SURVIVOR)
      const whole = JSON.stringify(feed)
      expect(whole.length).toBeLessThan(3 * body.length + 10_000)
      expect([whole.includes(SECRET), traps.requests]).toEqual([false, []])
    })
  }

  it('leaves the prototypes of the program as they were', async () => {
    // The parser's thread cannot be looked into, so all of them are read in this one.
    for (const { body, type } of HOSTILE_DOCUMENTS.filter(({ name }) => name.includes(' named ')))
      await parseFeed(Buffer.from(body(traps)), { url: traps.url, ...(type === undefined ? {} : { contentType: type }) })
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(['polluted' in {}, 'polluted' in Object, 'polluted' in []]).toEqual([false, false, false])
  })
})
