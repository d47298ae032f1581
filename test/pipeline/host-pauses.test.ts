import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { keepHostPauses, readHostPauses } from '../../src/pipeline/host-pauses.ts'
import { openNewsroom } from './newsroom.ts'
import { START } from './start.ts'

describe('readHostPauses', () => {
  it('gives what was kept and is not over', async () => {
    const { store } = await openNewsroom()
    await keepHostPauses(store, new Map([['a.example', START + HOUR]]), START)
    await keepHostPauses(store, new Map([['b.example', START + 2 * DAY]]), START)
    expect(await readHostPauses(store, START)).toEqual(
      new Map([
        ['a.example', START + HOUR],
        ['b.example', START + 2 * DAY],
      ]),
    ) // prettier-ignore
    expect([...(await readHostPauses(store, START + HOUR)).keys()]).toEqual(['b.example'])
  })

  it('has a pause that a clock noted which ran ahead begin when the clock is right', async () => {
    const { store } = await openNewsroom()
    const ahead = START + 3 * HOUR
    await keepHostPauses(store, new Map([['a.example', ahead + HOUR]]), ahead)
    const pauses = await readHostPauses(store, START)
    expect(pauses).toEqual(new Map([['a.example', START + HOUR]]))
    // Every cycle keeps what it has read: from then on it is a pause like any other.
    await keepHostPauses(store, pauses, START)
    expect(await readHostPauses(store, START + HOUR)).toEqual(new Map())
  })

  it('has no pause last longer than hosts are given', async () => {
    const { store } = await openNewsroom()
    await store.notices.put('host-pauses', [['a.example', START + 400 * DAY]], START)
    expect(await readHostPauses(store, START)).toEqual(new Map())
  })
})
