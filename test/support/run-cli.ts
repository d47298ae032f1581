import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { atEnd } from './at-end.ts'

/** What a command that ended left behind. */
export interface CliResult {
  /** Null when it had to be killed. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

/** A command that is running. */
export interface CliProcess {
  /** Lines of standard output and standard error so far, as they came. */
  readonly lines: readonly string[]
  /** The first line, past or to come, that `isIt` holds for; rejects when the process ends without one. */
  readonly printed: (isIt: (line: string) => boolean) => Promise<string>
  readonly kill: (signal: NodeJS.Signals) => void
  /** Writes a line to its standard input, if it has one. */
  readonly tell: (line: string) => void
  /** Resolves with the exit code, null when a signal ended the process. */
  readonly ended: Promise<number | null>
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
// Compiled once for all the children of all the test files: a start then costs half the time.
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/kakehashi-test', import.meta.url))
const LONGEST_RUN_MS = 30_000

/**
 * Runs the program to its end; one that hangs is killed after half a minute.
 *
 * @param nodeOptions what Node itself is told
 */
export async function runCli(arguments_: readonly string[], folder: string, nodeOptions: readonly string[] = []): Promise<CliResult> {
  const startedAt = performance.now()
  const child = start(arguments_, folder, nodeOptions)
  const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS)
  const [stdout, stderr, exitCode] = await Promise.all([textOf(child.stdout), textOf(child.stderr), endOf(child)])
  clearTimeout(limit)
  return { exitCode, stdout, stderr, durationMs: performance.now() - startedAt }
}

/** Starts the program and leaves it running; it is killed at the end of the test file. */
export function launchCli(arguments_: readonly string[], folder: string): CliProcess {
  return attend(start(arguments_, folder))
}

/** Starts a script of the tests, with an input, and leaves it running; it is killed at the end of the test file. */
export function launchScript(script: URL, arguments_: readonly string[], folder: string): CliProcess {
  return attend(spawn(process.execPath, [fileURLToPath(script), ...arguments_], { ...childIn(folder), stdio: ['pipe', 'pipe', 'pipe'] }))
}

function attend(child: ChildProcessByStdio<Writable | null, Readable, Readable>): CliProcess {
  atEnd(() => child.kill('SIGKILL'))
  const lines: string[] = []
  const listeners = new Set<() => void>()
  const ended = endOf(child)
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', line => {
      lines.push(line)
      for (const listener of listeners) listener()
    })
  }
  const printed: CliProcess['printed'] = isIt =>
    new Promise((resolve, reject) => {
      const look = () => {
        const line = lines.find(isIt)
        if (line !== undefined) resolve(line)
      }
      listeners.add(look)
      look()
      void ended.then(code => reject(new Error(`ended with ${code} before it printed that: ${lines.join('\n')}`)))
    })
  return { lines, printed, ended, kill: signal => void child.kill(signal), tell: line => void child.stdin?.write(`${line}\n`) }
}

/** A line of the log. */
export type LogLine = Readonly<Record<string, unknown>>

/** The first log line of a daemon, past or to come, that `isIt` holds for. */
export async function logged(daemon: CliProcess, isIt: (line: LogLine) => boolean): Promise<LogLine> {
  return JSON.parse(await daemon.printed(line => line.startsWith('{') && isIt(JSON.parse(line) as LogLine))) as LogLine
}

/** Starts `kakehashi run` and gives its address (`http://host:port/`) once it serves. */
export async function startDaemon(config: string, folder: string): Promise<CliProcess & { readonly address: string }> {
  const daemon = launchCli(['run', '--config', config], folder)
  const { address } = await logged(daemon, ({ event }) => event === 'start')
  return { ...daemon, address: String(address) }
}

function start(arguments_: readonly string[], folder: string, nodeOptions: readonly string[] = []) {
  return spawn(process.execPath, [...nodeOptions, MAIN, ...arguments_], { ...childIn(folder), stdio: ['ignore', 'pipe', 'pipe'] })
}

function childIn(cwd: string) {
  return { cwd, env: { ...process.env, NO_COLOR: '1', KAKEHASHI_LOG_LEVEL: '', NODE_COMPILE_CACHE: COMPILE_CACHE } }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  stream.setEncoding('utf8')
  for await (const piece of stream) text += String(piece)
  return text
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code))
  })
}
