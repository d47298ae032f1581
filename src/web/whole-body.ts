import type { IncomingMessage } from 'node:http'

/** Reads the body of a request to its end, for as long as the server's limit on requests allows. */
export function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'cut-off'> {
  return new Promise(resolve => {
    // A request without a body has ended before it is handed over, and tells nobody.
    if (request.readableEnded) return resolve(Buffer.alloc(0))
    const pieces: Buffer[] = []
    let size = 0
    request.on('data', (piece: Buffer) => {
      size += piece.length
      if (size <= maxBytes) pieces.push(piece)
      else resolve('too-large')
    })
    request.on('end', () => resolve(Buffer.concat(pieces, Math.min(size, maxBytes))))
    for (const event of ['error', 'close']) request.on(event, () => resolve('cut-off'))
    if (request.destroyed) resolve('cut-off')
  })
}
