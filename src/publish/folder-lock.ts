import { randomUUID } from 'node:crypto'
import { type FileHandle, lstat, mkdir, open, readFile, readlink, rename, rm, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../domain/app-error.ts'
import { type Clock, SECOND } from '../domain/time.ts'
import { isAlive } from './living-process.ts'

/** What having a folder to oneself needs of the world. */
export interface LockDeps {
  readonly now: Clock
  /** Told once when another process has the folder, before it is waited for. */
  readonly onBusy?: (holder: string) => void
  readonly signal?: AbortSignal
  readonly times?: LockTimes
}

/** How long is waited for what, ms. */
export interface LockTimes {
  readonly lookEvery: number
  readonly renewEvery: number
  /** A lock that was not renewed for so long, while it was looked at, has nobody behind it. */
  readonly lease: number
  readonly patience: number
}

const TIMES: LockTimes = { lookEvery: SECOND / 4, renewEvery: 3 * SECOND, lease: 20 * SECOND, patience: 30 * SECOND }

/** The lock of a folder. Its leading dot, and that nobody else may read it, keep it from being served. */
export const LOCK_NAME = '.kakehashi.lock'

/**
 * Does work on a folder while no other process does, on this machine or another one, whatever its state file. The lock of a
 * process that has died is taken over: at once where it ran here, after a lease that nobody renewed where it did not. Where
 * no lock can be made, as in a folder that cannot be written, the work is done without. It is told whether it was waited for.
 *
 * @throws AppError `publish-failed` when another process has the folder for longer than anybody waits, or `signal` aborts
 */
export async function aloneIn<T>(folder: string, deps: LockDeps, work: (hasWaited: boolean) => Promise<T>): Promise<T> {
  const { release, hasWaited } = await acquire(folder, deps)
  try {
    return await work(hasWaited)
  } finally {
    await release()
  }
}

/** Takes away the lock of a process of this machine that has died, where there is nothing to publish that would. */
export async function clearDeadLock(folder: string): Promise<void> {
  const file = join(folder, LOCK_NAME)
  const sight = await sightOf(file)
  if (sight !== undefined && isDead(sight.holder, await machineName())) await removeStale(file, sight)
}

type Release = () => Promise<void>

// A lock with our own number is ours only if it is among these: an earlier process may have had the number.
const heldHere = new Set<string>()

async function acquire(folder: string, deps: LockDeps): Promise<{ readonly release: Release; readonly hasWaited: boolean }> {
  const { lookEvery, lease, patience } = deps.times ?? TIMES
  const file = join(folder, LOCK_NAME)
  const machine = await machineName()
  let seen = ''
  // Looks are counted: a clock may be set meanwhile, and that of another machine may be another.
  let sinceRenewed = 0
  for (let waited = 0; ; waited += lookEvery) {
    const release = await take(folder, file, machine, deps)
    if (release !== undefined) return { release, hasWaited: waited > 0 }
    const sight = await sightOf(file)
    const holder = describe(sight?.holder, machine)
    if (waited >= patience || deps.signal?.aborted) throw busy(folder, holder)
    if (sight === undefined) continue
    sinceRenewed = sight.sign === seen ? sinceRenewed + lookEvery : 0
    seen = sight.sign
    if ((isDead(sight.holder, machine) || sinceRenewed >= lease) && (await removeStale(file, sight))) continue
    if (waited === 0) deps.onBusy?.(holder)
    await pause(lookEvery, undefined, deps.signal === undefined ? {} : { signal: deps.signal }).catch(() => {})
  }
}

interface Holder {
  readonly token: string
  readonly pid: number
  readonly machine: string
}

/** Undefined where somebody has the lock. */
async function take(folder: string, file: string, machine: string, { now, times }: LockDeps): Promise<Release | undefined> {
  const token = randomUUID()
  let handle: FileHandle
  try {
    handle = await openNew(folder, file)
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? undefined : async () => {}
  }
  heldHere.add(token)
  const release = async () => {
    clearInterval(renewing)
    heldHere.delete(token)
    if ((await sightOf(file))?.holder?.token === token) await rm(file, { force: true }).catch(() => {})
  }
  const renew = async () => {
    const at = new Date(now())
    if ((await sightOf(file))?.holder?.token === token) await utimes(file, at, at).catch(() => {})
  }
  const renewing = setInterval(() => void renew(), (times ?? TIMES).renewEvery)
  renewing.unref()
  try {
    await handle.writeFile(JSON.stringify({ token, pid: process.pid, machine, at: new Date(now()).toISOString() }))
    await handle.close()
    return release
  } catch {
    // A full disk: publishing says so itself.
    clearInterval(renewing)
    heldHere.delete(token)
    await handle.close().catch(() => {})
    await rm(file, { force: true }).catch(() => {})
    return async () => {}
  }
}

async function openNew(folder: string, file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    await mkdir(folder, { recursive: true })
    return open(file, 'wx', 0o600)
  }
}

interface Sight {
  /** Changes whenever the lock is renewed, or is another. */
  readonly sign: string
  /** Undefined where the lock cannot be read, or is being written. */
  readonly holder: Holder | undefined
}

/** Undefined where there is no lock. */
async function sightOf(file: string): Promise<Sight | undefined> {
  const info = await lstat(file).catch(() => undefined)
  if (info === undefined) return undefined
  const text = await readFile(file, 'utf8').catch(() => '')
  return { sign: `${info.ino} ${info.mtimeMs} ${text}`, holder: holderIn(text) }
}

function holderIn(text: string): Holder | undefined {
  try {
    const { token, pid, machine } = JSON.parse(text) as Partial<Holder>
    return typeof token === 'string' && typeof pid === 'number' && typeof machine === 'string' ? { token, pid, machine } : undefined
  } catch {
    return undefined
  }
}

function isDead(holder: Holder | undefined, machine: string): boolean {
  if (holder === undefined || holder.machine !== machine) return false
  return !heldHere.has(holder.token) && !isAlive(holder.pid)
}

/** Whether the lock is gone. Another process may have taken it over since it was looked at: that one's is put back. */
async function removeStale(file: string, { holder, sign }: Sight): Promise<boolean> {
  if ((await sightOf(file))?.sign !== sign) return true
  const aside = `${file}.${randomUUID()}.tmp`
  try {
    await rename(file, aside)
  } catch (error) {
    return codeOf(error) === 'ENOENT'
  }
  const taken = holderIn(await readFile(aside, 'utf8').catch(() => ''))
  if (taken?.token === holder?.token) await rm(aside, { force: true }).catch(() => {})
  else await rename(aside, file).catch(() => {})
  return true
}

/** Two containers may have one name, and then not the same processes. */
async function machineName(): Promise<string> {
  return `${hostname()} ${await readlink('/proc/self/ns/pid').catch(() => '')}`.trim()
}

function describe(holder: Holder | undefined, machine: string): string {
  if (holder === undefined) return 'another process'
  return holder.machine === machine ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.machine.split(' ')[0]}`
}

function busy(folder: string, holder: string): AppError {
  const message = `${folder}: ${holder} is publishing there, and has not ended; what was done is kept, and the next cycle publishes it`
  return new AppError('publish-failed', message)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
