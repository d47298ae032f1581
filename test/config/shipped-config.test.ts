import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readConfigFolder } from '../../src/config/read-config-folder.ts'
import { MINUTE } from '../../src/domain/time.ts'
import { cronFault } from '../../src/schedule/tick.ts'

const folder = fileURLToPath(new URL('../../config', import.meta.url))
const loaded = await readConfigFolder(folder, { secret: () => undefined, cronFault, dictionaryFault: async () => undefined })

describe('the config as it is shipped', () => {
  it('is good, and gives no warnings', () => expect(loaded).toMatchObject({ kind: 'ok', warnings: [] }))

  const outlets = loaded.kind === 'ok' ? loaded.config.outlets : []

  it('knows forty outlets and more', () => expect(outlets.length).toBeGreaterThanOrEqual(40))

  it('polls no feed more often than four times an hour', () => {
    const sources = loaded.kind === 'ok' ? loaded.config.outletSources : []
    expect(sources.filter(({ pollEveryMs }) => pollEveryMs < 15 * MINUTE)).toEqual([])
  })

  it('keeps state and output outside of itself', () => {
    if (loaded.kind !== 'ok') throw new Error('the config is not good')
    const { storeFile, publish } = loaded.config
    expect([storeFile, publish.folder].filter(path => path.startsWith(folder))).toEqual([])
  })
})
