import { describe, expect, it } from 'vitest'
import type { Announcement, Subscription } from '../../src/domain/subscription.ts'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { dueByHub, planSubscriptions } from '../../src/websub/plan.ts'
import { aSubscription, NOW } from './samples.ts'

const KNOWN = aSubscription()
const SAME: Announcement = { hubs: [KNOWN.hub], topic: KNOWN.topic }

function planned(
  announcement: Announcement | undefined,
  subscriptions: readonly Subscription[],
  callbackBase = 'https://feeds.example.jp/',
) {
  const plan = planSubscriptions({
    announced: new Map(announcement === undefined ? [] : [[KNOWN.address, announcement]]),
    subscriptions,
    callbackOf: token => `${callbackBase}websub/${token}`,
    now: NOW,
  })
  const tokens = (list: readonly Subscription[]) => list.map(({ token }) => token)
  return { open: plan.toOpen.map(({ hub }) => hub), leave: tokens(plan.toLeave), forget: tokens(plan.toForget) }
}

const NOTHING = { open: [], leave: [], forget: [] }

describe('planSubscriptions', () => {
  const cases: readonly [name: string, plan: ReturnType<typeof planned>, expected: ReturnType<typeof planned>][] = [
    ['opens what is announced', planned(SAME, []), { ...NOTHING, open: [KNOWN.hub] }],
    [
      'opens it with the first hub',
      planned({ ...SAME, hubs: ['https://a.example/', 'https://b.example/'] }, []),
      { ...NOTHING, open: ['https://a.example/'] },
    ],
    ['leaves what is as announced', planned(SAME, [KNOWN]), NOTHING],
    ['leaves what was denied to its own pace', planned(SAME, [{ ...KNOWN, state: 'denied', leaseUntil: null }]), NOTHING],
    ['keeps a hub that is no longer the first', planned({ ...SAME, hubs: ['https://a.example/', KNOWN.hub] }, [KNOWN]), NOTHING],
    [
      'replaces another topic',
      planned({ ...SAME, topic: 'https://x.example/' }, [KNOWN]),
      { ...NOTHING, open: [KNOWN.hub], leave: ['token'] },
    ],
    [
      'replaces another hub',
      planned({ ...SAME, hubs: ['https://x.example/'] }, [KNOWN]),
      { ...NOTHING, open: ['https://x.example/'], leave: ['token'] },
    ],
    [
      'bears with a feed that changes its mind within a day',
      planned({ ...SAME, topic: 'https://x.example/' }, [{ ...KNOWN, openedAt: NOW - DAY + 1 }]),
      NOTHING,
    ],
    [
      'bears with no feed until a day that a clock which ran ahead has noted',
      planned({ ...SAME, topic: 'https://x.example/' }, [{ ...KNOWN, openedAt: NOW + 400 * DAY }]),
      { ...NOTHING, open: [KNOWN.hub], leave: ['token'] },
    ],
    [
      'follows the site at once',
      planned(SAME, [{ ...KNOWN, openedAt: NOW }], 'https://new.example.jp/'),
      { ...NOTHING, open: [KNOWN.hub], leave: ['token'] },
    ],
    ['ends what is not announced any more', planned(undefined, [KNOWN]), { ...NOTHING, leave: ['token'] }],
    [
      'ends one of two',
      planned(SAME, [KNOWN, { ...KNOWN, token: 'second', callback: 'https://feeds.example.jp/websub/second' }]),
      { ...NOTHING, leave: ['second'] },
    ],
    ['opens anew beside one that is ending', planned(SAME, [{ ...KNOWN, state: 'leaving' }]), { ...NOTHING, open: [KNOWN.hub] }],
    [
      'forgets an end whose lease is over',
      planned(undefined, [{ ...KNOWN, state: 'leaving', leaseUntil: NOW }]),
      { ...NOTHING, forget: ['token'] },
    ],
    [
      'forgets an end of what never began',
      planned(undefined, [{ ...KNOWN, state: 'leaving', leaseUntil: null }]),
      { ...NOTHING, forget: ['token'] },
    ],
    [
      'forgets an end that three requests have not brought about',
      planned(undefined, [{ ...KNOWN, state: 'leaving', requests: 3, nextRequestAt: NOW }]),
      { ...NOTHING, forget: ['token'] },
    ],
    [
      'waits for the answer to the third',
      planned(undefined, [{ ...KNOWN, state: 'leaving', requests: 3, nextRequestAt: NOW + 1 }]),
      NOTHING,
    ],
  ]
  for (const [name, plan, expected] of cases) it(name, () => expect(plan).toEqual(expected))
})

describe('dueByHub', () => {
  it('gives what is due, hub by hub, those that failed least and waited longest first', () => {
    const due = (token: string, changes: Partial<Subscription>) => aSubscription({ token, nextRequestAt: NOW, ...changes })
    const groups = dueByHub(
      [
        due('a', { requests: 1 }),
        due('b', {}),
        due('c', { nextRequestAt: NOW - HOUR }),
        due('d', { nextRequestAt: NOW + 1 }),
        due('e', { hub: 'https://other.example/x' }),
        due('f', { hub: 'https://other.example/y' }),
        due('g', { state: 'leaving', leaseUntil: null }),
      ],
      NOW,
    )
    expect(groups.map(group => group.map(({ token }) => token))).toEqual([
      ['c', 'b', 'a'],
      ['e', 'f'],
    ])
  })

  it('waits for no renewal that lies further ahead than any lease', () => {
    const renewed = [30 * DAY, 30 * DAY + 1].map(ahead => aSubscription({ token: String(ahead), nextRequestAt: NOW + ahead }))
    expect(dueByHub(renewed, NOW)).toEqual([renewed.slice(1)])
  })
})
