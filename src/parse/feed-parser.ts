import { Worker } from 'node:worker_threads'
import type { DocumentContext, ParsedDocument } from './parse-feed.ts'

/** Reads documents; `close` ends what it keeps running. */
export interface FeedParser {
  /** Never rejects; a document that cannot be read in time, or in the memory allowed, is `unreadable`. */
  readonly parse: (bytes: Uint8Array, context: DocumentContext) => Promise<ParsedDocument>
  readonly close: () => Promise<void>
}

// Hostile documents of 10 MB take two seconds; ten is a hang.
const DEADLINE_MS = 10_000
// What a document of 10 MB takes that is merely broken. New objects are few at any moment; room for more is never given back.
const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }
// A thread starts in 50 ms; documents this large that are out of order are few.
const LARGE_BYTES = 500_000
// In a build the worker lies beside this file as JavaScript.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js', import.meta.url)

/**
 * Opens a parser. Documents in good order are read at once; every other goes, one at a time, to a thread that is ended
 * where it exceeds its deadline, so that no document can stop the service.
 *
 * @param worker the module the thread runs
 */
export function openFeedParser({ deadlineMs = DEADLINE_MS, worker = WORKER }: { deadlineMs?: number; worker?: URL } = {}): FeedParser {
  let thread: Worker | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const end = async () => {
    const ending = thread
    thread = undefined
    await ending?.terminate()
  }
  const readInThread = async (bytes: Uint8Array, context: DocumentContext): Promise<ParsedDocument> => {
    thread ??= startThread(worker)
    const answer = await answered(thread, { bytes, context }, deadlineMs)
    // A thread gives nothing back before it ends.
    if (answer.kind === 'failed' || bytes.length > LARGE_BYTES) await end()
    if (answer.kind === 'parsed') return answer.parsed
    return { kind: 'unreadable', detail: answer.detail }
  }
  return {
    parse: async (bytes, context) => {
      const { parseOrderlyFeed } = await import('./parse-feed.ts')
      const orderly = await parseOrderlyFeed(bytes, context)
      if (orderly !== undefined) return orderly
      const result = turn.then(() => readInThread(bytes, context))
      turn = result
      return result
    },
    close: end,
  }
}

type Answer = { readonly kind: 'parsed'; readonly parsed: ParsedDocument } | { readonly kind: 'failed'; readonly detail: string }

function startThread(module: URL): Worker {
  const thread = new Worker(module, { resourceLimits: MEMORY })
  // The service ends when its work does, whatever this thread waits for.
  thread.unref()
  // An error between two documents belongs to nobody.
  thread.on('error', () => undefined)
  return thread
}

function answered(thread: Worker, message: unknown, deadlineMs: number): Promise<Answer> {
  return new Promise(resolve => {
    const timer = setTimeout(
      () => settle({ kind: 'failed', detail: `a document that takes more than ${deadlineMs / 1000} s to read` }),
      deadlineMs,
    )
    const onMessage = (parsed: ParsedDocument) => settle({ kind: 'parsed', parsed })
    const onError = (error: unknown) => {
      const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      settle({
        kind: 'failed',
        detail: isMemory ? 'a document that takes too much memory to read' : `a document that could not be read (${String(error)})`,
      })
    }
    const onExit = () => settle({ kind: 'failed', detail: 'a document whose reading was interrupted' })
    const settle = (answer: Answer) => {
      clearTimeout(timer)
      thread.off('message', onMessage).off('error', onError).off('exit', onExit)
      resolve(answer)
    }
    thread.on('message', onMessage).on('error', onError).on('exit', onExit)
    thread.postMessage(message)
  })
}
