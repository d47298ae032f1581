import { parentPort } from 'node:worker_threads'
import { type DocumentContext, parseFeed } from './parse-feed.ts'

// Runs in a thread of its own; whoever started it may end it at any moment.
parentPort?.on('message', ({ bytes, context }: { readonly bytes: Uint8Array; readonly context: DocumentContext }) => {
  void parseFeed(bytes, context).then(parsed => parentPort?.postMessage(parsed))
})
