import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { siteAddress } from '../domain/site.ts'
import type { Subscriber } from '../domain/subscriber.ts'
import type { CallbackContent } from '../fetch/callback-client.ts'
import { announcedHubs } from '../pipeline/announced-hubs.ts'
import { byteDigestOf } from '../publish/byte-digest.ts'
import { mediaTypeOf } from '../web/routes.ts'
import { signatureOf } from '../websub/signature.ts'
import { missed, reached } from '../websub/subscriber-transitions.ts'
import type { AttendingDeps } from './attending.ts'

/**
 * Sends a subscriber the feed document as it is published: its very bytes, under its own media type, signed where there is a
 * secret (WebSub §7).
 *
 * @param digest of what is published
 */
export async function deliverTo(subscriber: Subscriber, digest: string, deps: AttendingDeps): Promise<void> {
  const { app, client, log, now, signal } = deps
  const { key, callback } = subscriber
  const startedAt = now()
  const outcome = await client().deliver(callback, () => contentFor(subscriber, digest, deps), signal)
  // It is sent when the next cycle, or the next start, comes by.
  if (outcome.kind === 'nothing-sent' || (outcome.kind === 'failed' && outcome.reason === 'interrupted')) return
  const durationMs = now() - startedAt
  if (outcome.kind === 'accepted') {
    await app.store.hub.changeSubscriber(key, current => current && reached(current, digest, now()))
    return log('info', subscriber, { durationMs }, 'delivered to a subscriber')
  }
  const { reason, detail, retryAfterMs } = outcome
  const why = { detail, isGone: reason === 'gone', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
  const left = await app.store.hub.changeSubscriber(key, current => current && missed(current, why, now()))
  const failures = subscriber.failures + 1
  log(
    'warn',
    subscriber,
    { result: reason, detail, failures, durationMs },
    left === undefined ? 'a subscriber was dropped' : 'not delivered',
  )
}

/** Undefined while the file is another than the one that is on record: a cycle is writing it. */
async function contentFor({ path, secret }: Subscriber, digest: string, { app }: AttendingDeps): Promise<CallbackContent | undefined> {
  const config = app.config()
  const body = await readFile(join(config.publish.folder, path)).catch(() => undefined)
  if (body === undefined || byteDigestOf(body) !== digest) return undefined
  const links = [...announcedHubs(config).map(hub => `<${hub}>; rel="hub"`), `<${siteAddress(config.site, path)}>; rel="self"`]
  const headers = { 'content-type': mediaTypeOf(path).type, link: links.join(', ') }
  return { body, headers: secret === null ? headers : { ...headers, 'x-hub-signature': signatureOf(body, secret) } }
}
