import { describe, expect, it } from 'vitest'
import { listSources } from '../../src/cli/sources-list.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import { HOUR } from '../../src/domain/time.ts'
import { openStore } from '../../src/store/store.ts'
import { filesIn } from '../support/temp-folder.ts'
import { EVENING, workplace } from './sources-command.ts'

const SOURCES = `outlets:
  - id: tni
    name: TNI
    hosts: [nationalinterest.org]
    sources: [{ url: "https://secret:secret@nationalinterest.org/secret?secret" }, { url: "https://b.example/", poll_every: 6h }]
posts:
  - { id: notes, folder: ../notes, url_template: "https://n.example/{path}" }
`

describe('listSources', () => {
  it('shows every source, no secret, and makes no state file', async () => {
    const { run, config } = await workplace(SOURCES)
    const { exit, printed } = await run(listSources)
    expect(exit).toBe(0)
    expect(printed.split('\n').map(line => line.split(/ {2,}/))).toEqual([
      ['SOURCE', 'OUTLET', 'HOST', 'EVERY', 'LAST RESULT', 'POLLED', 'NEXT'],
      ['tni', 'tni', 'nationalinterest.org', '1 h', 'never polled', 'never'],
      ['tni-2', 'tni', 'b.example', '6 h', 'never polled', 'never'],
      ['notes', '(posts)', '(folder)', '1 h', 'never polled', 'never'],
    ])
    expect(await filesIn(config.folder.replace(/\/config$/, ''))).toEqual(['config/kakehashi.yaml', 'config/sources.yaml'])
  })

  it('shows what a state file remembers', async () => {
    const { run, config } = await workplace(SOURCES)
    {
      await using store = await openStore(config.storeFile)
      await store.sources.sync([{ id: 'tni' as SourceId, address: 'x', host: 'x', firstPollAt: EVENING + 2 * HOUR, hasPosts: false }])
    }
    const { sources } = JSON.parse((await run(listSources, { isJson: true })).printed)
    expect(sources).toEqual([
      {
        ...{ id: 'tni', kind: 'outlet', outlet: 'tni', host: 'nationalinterest.org', pollEveryMs: HOUR },
        ...{ lastResult: null, lastPollAt: null, nextPollAt: EVENING + 2 * HOUR },
      },
      {
        ...{ id: 'tni-2', kind: 'outlet', outlet: 'tni', host: 'b.example', pollEveryMs: 6 * HOUR },
        ...{ lastResult: null, lastPollAt: null, nextPollAt: null },
      },
      { id: 'notes', kind: 'post-folder', pollEveryMs: HOUR, lastResult: null, lastPollAt: null, nextPollAt: null },
    ])
    expect((await run(listSources)).printed).toContain('in 2 h')
  })

  it('says what to do where there are none', async () => {
    const { run } = await workplace('outlets: []\n')
    expect((await run(listSources)).printed).toContain('sources add <url>')
  })

  it('refuses a config that is not good', async () => {
    const { run } = await workplace('outlet: []\n')
    await expect(run(listSources)).rejects.toMatchObject({ code: 'config-invalid' })
  })
})
