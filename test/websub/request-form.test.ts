import { describe, expect, it } from 'vitest'
import { requestForm } from '../../src/websub/request-form.ts'
import { aSubscription } from './samples.ts'

describe('requestForm', () => {
  const subscription = aSubscription({ topic: 'https://blog.example.jp/feed?a=1&b=架', state: 'requested' })
  const fieldsOf = (state: typeof subscription.state) => Object.fromEntries(new URLSearchParams(requestForm({ ...subscription, state })))

  it('asks for ten days, under a secret', () =>
    expect(fieldsOf('verified')).toEqual({
      'hub.mode': 'subscribe',
      'hub.topic': subscription.topic,
      'hub.callback': subscription.callback,
      'hub.secret': 'secret',
      'hub.lease_seconds': '864000',
    }))

  it('takes leave without one', () =>
    expect(fieldsOf('leaving')).toEqual({
      'hub.mode': 'unsubscribe',
      'hub.topic': subscription.topic,
      'hub.callback': subscription.callback,
    }))
})
