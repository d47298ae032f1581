import { parentPort } from 'node:worker_threads'

// Stands in for the parsing thread: hangs on documents that say so, runs out of memory on others, answers the rest.
parentPort?.on('message', ({ bytes }: { readonly bytes: Uint8Array }) => {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('hang')) for (;;) Math.sqrt(2)
  if (text.includes('memory')) for (const hoard: unknown[] = []; ; ) hoard.push(new Array(100_000).fill(hoard.length))
  parentPort?.postMessage({ kind: 'not-a-feed', detail: text })
})
