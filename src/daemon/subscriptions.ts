import { type App, sourcesOf } from '../app.ts'
import type { Config } from '../config/config.ts'
import type { FailureReason } from '../domain/poll.ts'
import { siteAddress } from '../domain/site.ts'
import { type Announcement, callbackPath, type Subscription } from '../domain/subscription.ts'
import type { Clock } from '../domain/time.ts'
import { isAtAllowedHost } from '../fetch/allowed-host.ts'
import type { PostOutcome } from '../fetch/form-exchange.ts'
import { isReachableSite } from '../fetch/reachable-site.ts'
import { isReliable } from '../schedule/back-up-poll.ts'
import { dueByHub, planSubscriptions } from '../websub/plan.ts'
import { requestForm } from '../websub/request-form.ts'
import { asked, calledOff, leaving, opened, putOff, taken, turnedDown } from '../websub/transitions.ts'
import type { HubLog } from './hub-log.ts'
import { pollAsUsual } from './usual-polls.ts'

/** What keeping subscriptions needs. */
export interface SubscribingDeps {
  readonly app: App
  readonly now: Clock
  readonly log: HubLog
  /** An unguessable name of at least 128 bits, in characters of base64url. */
  readonly randomToken: () => string
  readonly signal: AbortSignal
}

// Hubs serve thousands; one that has many of our feeds is asked for them over several minutes.
const MOST_PER_HUB = 10
// What a hub answers to a topic it will not have; it may well take the next.
const OF_ONE_TOPIC: ReadonlySet<FailureReason> = new Set<FailureReason>(['client-error', 'blocked', 'not-found', 'gone', 'interrupted'])

/** Brings the subscriptions in line with config and feeds, and asks the hubs whose turn it is. */
export async function keepSubscriptions(deps: SubscribingDeps): Promise<void> {
  await align(deps)
  const due = dueByHub(await deps.app.store.subscriptions.all(), deps.now())
  await Promise.all(due.map(ofHub => askHub(ofHub, deps)))
}

/** Whether hubs could deliver to the site of a config, and are meant to. */
function isSubscribing({ polling, site }: Pick<Config, 'polling' | 'site'>): boolean {
  return polling.usesWebSub && isReachableSite(site.url, polling.allowHosts)
}

async function align({ app, now, log, randomToken }: SubscribingDeps): Promise<void> {
  const { subscriptions } = app.store
  const config = app.config()
  const polled = new Set(sourcesOf(config).flatMap(source => (source.kind === 'post-folder' ? [] : [source.feedUrl])))
  const known = await subscriptions.announcements()
  for (const address of known.keys()) if (!polled.has(address)) await subscriptions.announce(address, undefined)
  const announced = new Map(isSubscribing(config) ? [...known].flatMap(one => (polled.has(one[0]) ? usable(one, config) : [])) : [])
  const callbackOf = (token: string) => siteAddress(config.site, callbackPath(token))
  const plan = planSubscriptions({ announced, subscriptions: await subscriptions.all(), callbackOf, now: now() })
  for (const subscription of plan.toForget) {
    await subscriptions.remove(subscription.token)
    log('info', subscription, { mode: 'unsubscribe' }, 'ended')
  }
  for (const { token } of plan.toLeave) await subscriptions.change(token, current => leaving(current, now()))
  const relied = plan.toLeave.filter(subscription => isReliable(subscription, now()))
  await pollAsUsual(app, new Set(relied.map(({ address }) => address)), now())
  for (const wanted of plan.toOpen) {
    const token = randomToken()
    await subscriptions.add(opened({ ...wanted, token, secret: randomToken(), callback: callbackOf(token) }, now()))
  }
}

/** What a feed announces, as far as it may: one from outside has nothing posted to hosts of the operator's own network. */
function usable(
  [address, { hubs, topic }]: readonly [string, Announcement],
  { polling }: Config,
): readonly (readonly [string, Announcement])[] {
  const isInside = (url: string) => isAtAllowedHost(new URL(url), polling.allowHosts)
  const allowed = isInside(address) ? hubs : hubs.filter(hub => !isInside(hub))
  return allowed.length === 0 ? [] : [[address, { hubs: allowed, topic }]]
}

/** Asks one hub for one thing after the other; when it fails as a whole the others are put off with the one that found it out. */
async function askHub(due: readonly Subscription[], deps: SubscribingDeps): Promise<void> {
  for (const [index, subscription] of due.slice(0, MOST_PER_HUB).entries()) {
    if (deps.signal.aborted) return
    const until = await ask(subscription, deps)
    if (until === undefined) continue
    for (const { token } of due.slice(index + 1)) await deps.app.store.subscriptions.change(token, current => putOff(current, until))
    return
  }
}

/** Sends one request; gives until when the hub is to be left alone, where it failed as a whole. */
async function ask(before: Subscription, deps: SubscribingDeps): Promise<number | undefined> {
  const { app, now, log, signal } = deps
  const { subscriptions } = app.store
  // It is kept first: some hubs verify before they answer.
  const current = await subscriptions.change(before.token, found => asked(found, now()))
  if (current === undefined) return undefined
  const mode = current.state === 'leaving' ? 'unsubscribe' : 'subscribe'
  if (before.state === 'verified' && current.state === 'requested') log('warn', current, { mode }, 'the lease ran out')
  const outcome = await app.post({ url: current.hub, form: requestForm(current) }, signal)
  // When the hub has verified meanwhile, its answer to the request means nothing any more.
  const settle = (settled: (found: Subscription) => Subscription) =>
    subscriptions.change(current.token, found => (found.requests === current.requests ? settled(found) : found))
  if (outcome.kind === 'accepted') await settle(taken)
  else if (outcome.reason === 'interrupted') await settle(found => calledOff(found, now()))
  else await settle(found => turnedDown(found, outcome, now()))
  logRequest(log, current, mode, outcome)
  if (outcome.kind === 'accepted' || OF_ONE_TOPIC.has(outcome.reason)) return undefined
  return Math.max(current.nextRequestAt, now() + (outcome.retryAfterMs ?? 0))
}

function logRequest(log: HubLog, subscription: Subscription, mode: string, outcome: PostOutcome): void {
  const { requests } = subscription
  if (outcome.kind === 'accepted') log('info', subscription, { mode, result: 'accepted', requests }, 'hub asked')
  else if (outcome.reason !== 'interrupted')
    log('warn', subscription, { mode, result: outcome.reason, detail: outcome.detail, requests }, 'hub did not take the request')
}
