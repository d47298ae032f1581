import { describe, expect, it } from 'vitest'
import { describePings, describePush, pushView } from '../../src/cli/push-view.ts'
import type { HubPing, Subscriber } from '../../src/domain/subscriber.ts'
import { HOUR, MINUTE } from '../../src/domain/time.ts'
import { openStore } from '../../src/store/store.ts'
import { requesting } from '../../src/websub/subscriber-transitions.ts'
import { aPing, aSubscriber, NOW } from '../websub/samples.ts'

async function shown(subscribers: readonly Subscriber[], pings: readonly HubPing[]): Promise<readonly string[]> {
  await using store = await openStore(':memory:')
  const paths = ['feeds/all.atom', 'feeds/all.rss']
  await store.publications.record(
    paths.map(path => ({ path, inputDigest: '', byteDigest: 'old', entries: 1 })),
    NOW,
  )
  for (const one of subscribers) await store.hub.changeSubscriber(one.key, () => one)
  for (const ping of pings) await store.hub.changePing(ping, () => ping)
  return describePush(await pushView(store, NOW), NOW)
}

describe('status', () => {
  it('says nothing of subscribers and hubs where there are none', async () => expect(await shown([], [])).toEqual([]))

  it('counts subscriptions, and names nobody', async () => {
    const asking = requesting(
      undefined,
      { mode: 'subscribe', topic: 't', callback: 'https://c.example/', secret: null },
      { path: 'feeds/all.atom', digest: '', challenge: 'c' },
      NOW,
    )
    const subscribers = [
      aSubscriber({ lastDeliveryAt: NOW - HOUR }),
      aSubscriber({ key: 'b', failures: 3, lastDeliveryAt: NOW - MINUTE }),
      aSubscriber({ key: 'c', leaseUntil: NOW }),
      asking,
    ]
    expect(await shown(subscribers, [])).toEqual([
      '2 subscriptions with the hub of the site, 1 not confirmed yet, 1 failing; last delivery 1 min ago',
    ])
    expect(await shown([asking], [])).toEqual([
      '0 subscriptions with the hub of the site, 1 not confirmed yet, 0 failing; last delivery never',
    ])
  })

  it('says what each hub knows, and what is in the way', async () => {
    const waiting = aPing({ path: 'feeds/all.rss', digest: '', toldAt: null, failures: 2, detail: 'hub.example refused the connection.' })
    expect(await shown([], [aPing(), waiting])).toEqual([
      'Hub hub.example knows 1 feed documents as they are, 1 wait; last told 1 h ago; 2 failures: hub.example refused the connection.',
    ])
  })
})

describe('the summary of a cycle', () => {
  it('says hub by hub how many documents it was told of', () => {
    const told = { hub: 'https://a.example/', path: 'p', result: 'told', detail: '' } as const
    expect(describePings([])).toEqual([])
    expect(describePings([told, told, { ...told, hub: 'https://b.example/', result: 'timeout', detail: 'too slow' }])).toEqual([
      'hub a.example told of 2 feed documents',
      'hub b.example told of 0 feed documents; not told: too slow',
    ])
  })
})
