import { describe, expect, it } from 'vitest'
import type { SubscriptionState } from '../../src/domain/subscription.ts'
import { intentOf, isMeant } from '../../src/websub/intent.ts'

const TOPIC = 'https://blog.example.jp/feed?a=1&b=2'
const query = (values: Readonly<Record<string, string>>) =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [`hub.${name}`, value] as [string, string]))
const SUBSCRIBE = { mode: 'subscribe', topic: TOPIC, challenge: 'c', lease_seconds: '60' }

describe('intentOf', () => {
  const cases: readonly [name: string, values: Readonly<Record<string, string>>, expected: unknown][] = [
    ['a verification', SUBSCRIBE, { kind: 'verify', mode: 'subscribe', topic: TOPIC, challenge: 'c', leaseSeconds: 60 }],
    [
      'a lease that is no number as none',
      { ...SUBSCRIBE, lease_seconds: '-1' },
      { kind: 'verify', mode: 'subscribe', topic: TOPIC, challenge: 'c' },
    ],
    ['the end of a subscription', { ...SUBSCRIBE, mode: 'unsubscribe' }, expect.objectContaining({ mode: 'unsubscribe' })],
    ['a no', { mode: 'denied', topic: TOPIC, reason: 'no' }, { kind: 'deny', topic: TOPIC, reason: 'no' }],
    ['a no without a reason', { mode: 'denied', topic: TOPIC }, { kind: 'deny', topic: TOPIC, reason: '' }],
    [
      'a no that is meant for a terminal',
      { mode: 'denied', topic: TOPIC, reason: 'a\u001b[31m\n\u202eb' },
      { kind: 'deny', topic: TOPIC, reason: 'a [31m b' },
    ],
    ['nothing in another mode', { ...SUBSCRIBE, mode: 'publish' }, undefined],
    ['nothing without a topic', { mode: 'subscribe', challenge: 'c' }, undefined],
    ['nothing without a challenge', { mode: 'subscribe', topic: TOPIC }, undefined],
    ['nothing in nothing', {}, undefined],
  ]
  for (const [name, values, expected] of cases) it(`reads ${name}`, () => expect(intentOf(query(values))).toEqual(expected))
})

describe('isMeant', () => {
  const states: readonly SubscriptionState[] = ['requested', 'verified', 'denied', 'leaving']
  const meant: Readonly<Record<string, readonly SubscriptionState[]>> = {
    subscribe: ['requested', 'verified'],
    unsubscribe: ['leaving'],
    denied: ['requested', 'verified', 'denied'],
  }
  for (const [mode, expected] of Object.entries(meant)) {
    const intent = intentOf(query({ ...SUBSCRIBE, mode }))
    it(`takes ${mode} of what is ${expected.join(' or ')}`, () =>
      expect(states.filter(state => intent !== undefined && isMeant(intent, { state, topic: TOPIC }))).toEqual(expected))
    it(`takes ${mode} for the very topic alone`, () =>
      expect(states.filter(state => intent !== undefined && isMeant(intent, { state, topic: `${TOPIC}#` }))).toEqual([]))
  }
})
