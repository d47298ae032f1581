import { describe, expect, it } from 'vitest'
import { hostLanes } from '../../src/pipeline/host-lanes.ts'

/** Works that end when they are told to, and note when they begin. */
function works() {
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const work = (name: string) => () => {
    begun.push(name)
    const end = Promise.withResolvers<void>()
    ends.set(name, end)
    return end.promise
  }
  const settle = () => new Promise(resolve => setImmediate(resolve))
  return {
    begun,
    work,
    settle,
    end: (name: string) => ends.get(name)?.resolve(),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  }
}

describe('hostLanes', () => {
  it('keeps to the limit of each host, and to the order', async () => {
    const { begun, work, settle, end } = works()
    const lanes = hostLanes(2)
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1']) lanes.add(name.charAt(0), work(name))
    expect(begun).toEqual(['a1', 'a2', 'b1'])
    end('a2')
    await settle()
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3'])
    end('a1')
    end('a3')
    await settle()
    expect(begun.at(-1)).toBe('a4')
  })

  it('makes room while a slow work goes on', async () => {
    const { work, end } = works()
    const lanes = hostLanes(1)
    for (const name of ['a', 'b', 'c']) lanes.add(name, work(name))
    let hasRoom = false
    const room = lanes.fewerThan(2).then(() => {
      hasRoom = true
    })
    end('b')
    await Promise.resolve()
    expect(hasRoom).toBe(false)
    end('c')
    await room
    expect(hasRoom).toBe(true)
  })

  it('has room at once where nothing was added', async () => {
    const lanes = hostLanes(1)
    await lanes.fewerThan(1)
    await lanes.finished()
  })

  it('does the rest after a failure, and then fails with the first', async () => {
    const { begun, work, settle, end, fail } = works()
    const lanes = hostLanes(1)
    for (const name of ['first', 'second', 'third']) lanes.add('host', work(name))
    const finished = lanes.finished().catch((error: unknown) => error)
    fail('first')
    await settle()
    fail('second')
    await settle()
    end('third')
    expect(await finished).toMatchObject({ message: 'first' })
    expect(begun).toEqual(['first', 'second', 'third'])
  })
})
