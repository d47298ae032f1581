import type { App } from '../app.ts'
import type { Clock } from '../domain/time.ts'
import type { HubDoor } from '../web/hub.ts'
import type { ShortAnswer } from '../web/short-answer.ts'
import { fullness, givenUp } from '../websub/admission.ts'
import { requestRate } from '../websub/request-rate.ts'
import { isSubscribed, requesting, subscriberKey } from '../websub/subscriber-transitions.ts'
import { requestIn } from '../websub/subscription-request.ts'
import { topicPath } from '../websub/topic.ts'
import type { SubscriberLog } from './attending.ts'

/** What taking requests needs. */
export interface RequestDeps {
  readonly app: App
  readonly now: Clock
  readonly randomToken: () => string
  readonly log: SubscriberLog
  readonly attendTo: (key: string) => void
}

// A reader may take every feed of a site at once; who uses us to knock at somebody else's door gets no further than this.
const RATE = { perMinute: 600, perHostAndMinute: 120 }
const FULL_RETRY_AFTER_S = 3_600

/**
 * Gives what answers those who want to subscribe, or no longer. What could be meant is taken (202) and verified afterwards
 * (WebSub §5.2, §5.3); a subscription that there is may always be renewed, new ones have their limits.
 */
export function requestDesk({ app, now, randomToken, log, attendTo }: RequestDeps): HubDoor['take'] {
  const { hub } = app.store
  const waitAt = requestRate(RATE)
  return async form => {
    const reading = requestIn(form)
    if (reading.kind === 'refused') return refused(400, reading.because)
    const { request } = reading
    const config = app.config()
    const path = topicPath(request.topic, config.site.url)
    const digest = path === undefined ? undefined : await hub.digest(path)
    if (path === undefined || digest === undefined) return refused(404, 'hub.topic is no feed of this site')
    const { callback } = request
    // On whatever port: a host is not to be knocked at from door to door.
    const host = new URL(callback).hostname
    const waitMs = waitAt(host, now())
    if (waitMs !== undefined) return { ...refused(429, 'too many requests'), retryAfterS: Math.ceil(waitMs / 1000) }
    const key = subscriberKey({ path, callback })
    const known = await hub.subscriber(key)
    const isServed = known !== undefined && isSubscribed(known, now())
    const full = isServed ? undefined : fullness(await hub.counts(host, now()), config.websub)
    if (full !== undefined) {
      log('warn', { path, callback }, { mode: request.mode }, full)
      return { ...refused(503, full), retryAfterS: FULL_RETRY_AFTER_S }
    }
    // They take nobody's place but that of others who have yet to confirm.
    const past = known === undefined ? givenUp(await hub.waiting(now()), host, RATE) : []
    for (const { key: waiting } of past) await hub.settleSubscriber(waiting, one => (isSubscribed(one, now()) ? one : undefined), now())
    const challenge = randomToken()
    await hub.changeSubscriber(key, known => requesting(known, request, { path, digest, challenge }, now()))
    attendTo(key)
    return { status: 202 }
  }
}

function refused(status: number, because: string): ShortAnswer {
  return { status, text: `${because}\n` }
}
