import { describe, expect, it } from 'vitest'
import type { HubPing } from '../../src/domain/subscriber.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import { duePings, notTold, pastPings, pingForm, pingPutOff, telling, told, untoldYet } from '../../src/websub/ping-transitions.ts'
import { aPing, NOW } from './samples.ts'

const HUB = 'https://hub.example/'
const dueAmong = (pings: readonly HubPing[], digest = 'now', hubs: readonly string[] = [HUB]) =>
  duePings({ hubs, digests: new Map([['feeds/all.atom', digest]]), pings, now: NOW })

describe('a hub', () => {
  it('is told of a document that it was never told of, or of other bytes', () => {
    expect(dueAmong([])).toEqual([[untoldYet(HUB, 'feeds/all.atom')]])
    expect(dueAmong([aPing()])).toEqual([[aPing()]])
    expect(dueAmong([aPing()], 'old')).toEqual([[]])
  })

  it('is told by itself', () => expect(dueAmong([aPing({ digest: 'now' })], 'now', [HUB, 'https://b.example/'])[1]).toHaveLength(1))

  it('is left alone while it is being told, for a minute after it was, and for as long as it is put off', () => {
    const waits = [telling(aPing(), NOW), told(aPing(), 'other', NOW), pingPutOff(aPing(), NOW + HOUR)]
    expect(waits.map(ping => [dueAmong([ping]), (ping.nextPingAt - NOW) / MINUTE])).toEqual([
      [[[]], 2],
      [[[]], 1],
      [[[]], 60],
    ])
  })

  it('is told again after a minute, two, four and so on, up to six hours, for as long as it does not know', () => {
    let ping = aPing()
    const waits = Array.from({ length: 12 }, () => {
      ping = notTold(ping, { detail: 'down' }, NOW)
      return (ping.nextPingAt - NOW) / MINUTE
    })
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360])
    expect(notTold(ping, { detail: '', retryAfterMs: 12 * HOUR }, NOW).nextPingAt).toBe(NOW + 12 * HOUR)
    expect(told(ping, 'now', NOW)).toMatchObject({ digest: 'now', toldAt: NOW, failures: 0, detail: '' })
  })

  it('is told at once where a clock that ran ahead has put it off', () => {
    const untold = aPing({ nextPingAt: NOW + 400 * DAY })
    const toldLater = told(aPing(), 'old', NOW + 5 * HOUR)
    expect([untold, toldLater].map(ping => dueAmong([ping]).flat().length)).toEqual([1, 1])
    expect(dueAmong([notTold(aPing(), { detail: '', retryAfterMs: 2 * DAY }, NOW)])).toEqual([[]])
  })

  it('is forgotten with the config that named it, and a document with its feed', () => {
    const pings = [aPing(), aPing({ hub: 'https://b.example/' }), aPing({ path: 'feeds/gone.atom' })]
    expect(pastPings({ hubs: [HUB], digests: new Map([['feeds/all.atom', 'now']]), pings, now: NOW })).toEqual(pings.slice(1))
  })

  it('finds the topic under either name', () => {
    expect([...new URLSearchParams(pingForm('https://a.example/feeds/外.atom'))]).toEqual([
      ['hub.mode', 'publish'],
      ['hub.topic', 'https://a.example/feeds/外.atom'],
      ['hub.url', 'https://a.example/feeds/外.atom'],
    ])
  })
})
