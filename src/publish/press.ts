import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '../domain/app-error.ts'
import { type Document, type Prepare, type Prepared, prepareDocuments } from './publish-documents.ts'

/** Prepares documents; `close` ends what it keeps running. */
export interface Press {
  readonly prepare: Prepare
  readonly close: () => Promise<void>
}

/** What the thread is asked, and what it answers. */
export interface PressRequest {
  readonly number: number
  readonly folder: string
  readonly documents: readonly Document[]
  readonly options: Parameters<Prepare>[2]
}

export type PressAnswer =
  | { readonly number: number; readonly kind: 'prepared'; readonly prepared: Prepared }
  | { readonly number: number; readonly kind: 'failed'; readonly code: ErrorCode | null; readonly message: string }

// Starting a thread costs as much as reading back some fifty documents.
const FEW_DOCUMENTS = 100
// In a build the worker lies beside this file as JavaScript.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './press-worker.ts' : './press-worker.js', import.meta.url)

/** Opens what prepares documents for a run: the first hundred here, all others in a thread, while the next are rendered. */
export function openPress(): Press {
  let documentsSoFar = 0
  let thread: PressThread | undefined
  return {
    prepare: (folder, documents, options) => {
      documentsSoFar += documents.length
      if (documentsSoFar <= FEW_DOCUMENTS) return prepareDocuments(folder, documents, options)
      thread ??= startThread()
      return thread.ask({ folder, documents, options })
    },
    close: async () => {
      await thread?.end()
      thread = undefined
    },
  }
}

interface PressThread {
  readonly ask: (request: Omit<PressRequest, 'number'>) => Promise<Prepared>
  readonly end: () => Promise<unknown>
}

function startThread(): PressThread {
  const worker = new Worker(WORKER)
  const waiting = new Map<number, PromiseWithResolvers<Prepared>>()
  let asked = 0
  let ended: unknown
  const failAll = (error: unknown) => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', failAll)
  worker.on('exit', () => failAll(new Error('the thread that prepares documents has ended')))
  worker.on('message', (answer: PressAnswer) => {
    const request = waiting.get(answer.number)
    waiting.delete(answer.number)
    if (answer.kind === 'prepared') request?.resolve(answer.prepared)
    else request?.reject(answer.code === null ? new Error(answer.message) : new AppError(answer.code, answer.message))
  })
  return {
    ask: request => {
      if (ended !== undefined) return Promise.reject(ended)
      const answer = Promise.withResolvers<Prepared>()
      waiting.set(++asked, answer)
      worker.postMessage({ ...request, number: asked } satisfies PressRequest)
      return answer.promise
    },
    end: () => worker.terminate(),
  }
}
