import type { Socket } from 'node:net'
import type { PollReport } from '../../src/pipeline/poll-progress.ts'
import { HOSTILE_ANSWERS } from './hostile-answers.ts'
import { HOSTILE_DOCUMENTS, type HostileDocument, type Traps } from './hostile-documents.ts'
import { HOSTILE_REDIRECTS } from './hostile-redirects.ts'
import { answerOf } from './raw-answer.ts'
import { type RawServer, serveRaw } from './raw-server.ts'
import { type CliResult, runCli } from './run-cli.ts'
import type { SampleConfig } from './sample-config.ts'

/** A source that does harm, and what a poll of the whole program must report of it. */
export interface HostileSource {
  readonly name: string
  readonly answer: (socket: Socket, server: RawServer) => void
  readonly result: string
  readonly added: number
  readonly isHeavy: boolean
}

/** Every case of the suite as a source. `secretPort` is where redirects lead. */
export function hostileSources(traps: Traps, secretPort: number): readonly HostileSource[] {
  return [
    ...HOSTILE_DOCUMENTS.map(document => ({
      ...{ name: document.name, result: document.result, isHeavy: document.isHeavy === true },
      answer: (socket: Socket) => void socket.end(answerOf(document.body(traps), typeHeader(document))),
      added: document.result === 'ok' ? (document.entries ?? 1) : 0,
    })),
    ...HOSTILE_ANSWERS.map(({ name, answer, result }) => ({ name, answer, result, added: result === 'ok' ? 1 : 0, isHeavy: false })),
    ...HOSTILE_REDIRECTS.map(({ name, location, result }) => ({
      ...{ name, result, added: 0, isHeavy: false },
      answer: (socket: Socket, { host }: RawServer) =>
        void socket.end(answerOf('', [`Location: ${location(secretPort, host)}`], '302 Found')),
    })),
  ]
}

/** The Content-Type of a document as a header line. */
export function typeHeader({ type }: Pick<HostileDocument, 'type'>): readonly string[] {
  return type === undefined ? [] : [`Content-Type: ${type}`]
}

/** Serves a source by itself: politeness towards one host must not keep sources from coming all at once. */
export async function serveHostile({ answer }: Pick<HostileSource, 'answer'>): Promise<RawServer> {
  const server: RawServer = await serveRaw(socket => answer(socket, server))
  return server
}

/** YAML of an outlet with one source for each address, `case-0` and on: in one outlet, entries of the same id would count once. */
export function outletsOf(urls: readonly string[]): string {
  const outlets = urls.map(
    (url, at) => `  - { id: case-${at}, name: Case ${at}, hosts: [case-${at}.example], sources: [{ url: "${url}" }] }\n`,
  )
  return `outlets:\n${outlets.join('')}`
}

/** What one cycle of the whole program did. */
export interface MeasuredOnce {
  readonly run: CliResult
  /** Standard error, without the line that reports the memory. */
  readonly stderr: string
  /** By source. */
  readonly polls: Readonly<Record<string, PollReport>>
  /** What the process held at most. */
  readonly peakMb: number
}

const MEASURED = ['--import', new URL('report-peak-memory.ts', import.meta.url).href]

/** Runs `kakehashi once` and measures it. */
export async function measuredOnce(config: SampleConfig, folder: string): Promise<MeasuredOnce> {
  const run = await runCli(['once', '--json', '--config', config.folder], folder, MEASURED)
  const { polls } = JSON.parse(run.stdout) as { readonly polls: readonly PollReport[] }
  return {
    run,
    stderr: run.stderr.replace(/^peak memory: .*\n/m, ''),
    polls: Object.fromEntries(polls.map(report => [report.source, report])),
    peakMb: Number(/^peak memory: (\d+) kB$/m.exec(run.stderr)?.[1]) / 1024,
  }
}
