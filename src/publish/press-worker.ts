import { parentPort } from 'node:worker_threads'
import { AppError } from '../domain/app-error.ts'
import type { PressAnswer, PressRequest } from './press.ts'
import { prepareDocuments } from './publish-documents.ts'

// Runs in a thread of its own, and works at several requests at once.
parentPort?.on('message', async ({ number, folder, documents, options }: PressRequest) => {
  parentPort?.postMessage(
    await prepareDocuments(folder, documents, options).then(
      (prepared): PressAnswer => ({ number, kind: 'prepared', prepared }),
      (error): PressAnswer => {
        const code = error instanceof AppError ? error.code : null
        return { number, kind: 'failed', code, message: error instanceof Error ? error.message : String(error) }
      },
    ),
  )
})
