import type { FailureReason } from '../domain/poll.ts'
import { type Site, siteAddress } from '../domain/site.ts'
import type { HubPing } from '../domain/subscriber.ts'
import type { Clock } from '../domain/time.ts'
import type { PostOutcome } from '../fetch/form-exchange.ts'
import type { Store } from '../store/store.ts'
import { duePings, isDue, notTold, pastPings, pingForm, pingPutOff, telling, told, untoldYet } from '../websub/ping-transitions.ts'

/** What telling hubs needs of the world. */
export interface PingDeps {
  readonly store: Pick<Store, 'hub'>
  readonly site: Pick<Site, 'url'>
  /** Those of others; see `toldHubs`. */
  readonly hubs: readonly string[]
  readonly post: (request: { readonly url: string; readonly form: string }, signal?: AbortSignal) => Promise<PostOutcome>
  readonly now: Clock
  readonly signal?: AbortSignal
}

/** What became of telling a hub of one document; `detail` says why it did not take it. */
export interface PingReport {
  readonly hub: string
  readonly path: string
  readonly result: 'told' | FailureReason
  readonly detail: string
}

// What a hub answers to a topic it will not have; it may well take the next.
const OF_ONE_TOPIC: ReadonlySet<FailureReason> = new Set<FailureReason>(['client-error', 'blocked', 'not-found', 'gone'])

/**
 * Tells hubs of the feed documents whose bytes are others than they were told of last. That is worked out from what is
 * published, not from what a cycle has done: a run that dies loses nothing, and nothing is told twice that was kept as told.
 */
export async function pingHubs(deps: PingDeps): Promise<readonly PingReport[]> {
  const { hubs, now, store } = deps
  const pings = await store.hub.pings()
  if (hubs.length === 0 && pings.length === 0) return []
  const situation = { hubs, digests: await store.hub.digests(), pings, now: now() }
  for (const past of pastPings(situation)) await store.hub.changePing(past, () => undefined)
  const reports = await Promise.all(duePings(situation).map(due => tellHub(due, situation.digests, deps)))
  return reports.flat()
}

/** Tells one hub of one document after the other. When it fails as a whole the others are put off with the one that found it out. */
async function tellHub(due: readonly HubPing[], digests: ReadonlyMap<string, string>, deps: PingDeps): Promise<readonly PingReport[]> {
  const reports: PingReport[] = []
  for (const [index, ping] of due.entries()) {
    if (deps.signal?.aborted) break
    const report = await tell(ping, digests.get(ping.path) ?? '', deps)
    if (report === undefined) continue
    reports.push(report)
    if (report.result === 'told' || OF_ONE_TOPIC.has(report.result)) continue
    const until = (await deps.store.hub.changePing(ping, known => known))?.nextPingAt ?? deps.now()
    for (const { hub, path } of due.slice(index + 1))
      await deps.store.hub.changePing({ hub, path }, known => pingPutOff(known ?? untoldYet(hub, path), until))
    break
  }
  return reports
}

/** Undefined where somebody else has told it, or is at it. */
async function tell({ hub, path }: HubPing, digest: string, deps: PingDeps): Promise<PingReport | undefined> {
  const { store, site, post, now, signal } = deps
  const isOurs = { yes: false }
  await store.hub.changePing({ hub, path }, known => {
    const ping = known ?? untoldYet(hub, path)
    isOurs.yes = isDue(ping, digest, now())
    return isOurs.yes ? telling(ping, now()) : known
  })
  if (!isOurs.yes) return undefined
  const outcome = await post({ url: hub, form: pingForm(siteAddress(site, path)) }, signal)
  await store.hub.changePing({ hub, path }, known => known && settled(known, digest, outcome, now()))
  const [result, detail] = outcome.kind === 'accepted' ? (['told', ''] as const) : ([outcome.reason, outcome.detail] as const)
  return { hub, path, result, detail }
}

function settled(ping: HubPing, digest: string, outcome: PostOutcome, now: number): HubPing {
  if (outcome.kind === 'accepted') return told(ping, digest, now)
  return outcome.reason === 'interrupted' ? pingPutOff(ping, now) : notTold(ping, outcome, now)
}
