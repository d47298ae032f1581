import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'

// As long as service managers wait between asking and killing, with room for what else has to be closed.
const LONGEST_FAREWELL_MS = 10_000

/**
 * Gives what ends a server: it takes no new requests, drops connections without one, lets those under way finish, and
 * after ten seconds drops clients that still have not read their answer. To be called before the server listens.
 */
export function serverCloser(server: Server): () => Promise<void> {
  const running = new Map<Socket, number>()
  let isClosing = false
  const count = (socket: Socket, change: number) => {
    const requests = (running.get(socket) ?? 0) + change
    running.set(socket, requests)
    // A connection that is kept alive would hold the server open until the client lets go of it.
    if (isClosing && requests === 0) socket.end()
  }
  server.on('connection', (socket: Socket) => {
    running.set(socket, 0)
    socket.once('close', () => running.delete(socket))
  })
  server.on('request', ({ socket }, response: ServerResponse) => {
    count(socket, 1)
    response.once('close', () => count(socket, -1))
  })
  return () =>
    new Promise(resolve => {
      isClosing = true
      const farewell = setTimeout(() => server.closeAllConnections(), LONGEST_FAREWELL_MS)
      // An HTTP server's own close() takes a response for done once its last bytes are queued, and cuts it off.
      NetServer.prototype.close.call(server, () => {
        clearTimeout(farewell)
        resolve()
      })
      for (const [socket, requests] of running) if (requests === 0) socket.destroy()
    })
}
