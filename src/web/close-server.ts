import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'

// As long as service managers wait between asking and killing, with room for what else has to be closed.
const LONGEST_FAREWELL_MS = 10_000

/**
 * Gives what ends a server: it takes no new requests, drops connections without one, lets those under way finish, and
 * after ten seconds drops clients that still have not read their answer. To be called before the server listens.
 */
export function serverCloser(server: Server): () => Promise<void> {
  // Answers on one connection go out in the order of their requests: when the last is out, all are.
  const lastAnswers = new Map<Socket, ServerResponse | undefined>()
  let isClosing = false
  // A connection that is kept alive would hold the server open until the client lets go of it.
  const endAfter = (socket: Socket, answer: ServerResponse) =>
    answer.once('close', () => {
      if (lastAnswers.get(socket) === answer) socket.end()
    })
  server.on('connection', (socket: Socket) => {
    lastAnswers.set(socket, undefined)
    socket.once('close', () => lastAnswers.delete(socket))
  })
  server.on('request', ({ socket }, answer: ServerResponse) => {
    lastAnswers.set(socket, answer)
    if (isClosing) endAfter(socket, answer)
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
      for (const [socket, answer] of lastAnswers) {
        if (answer === undefined || answer.closed) socket.destroy()
        else endAfter(socket, answer)
      }
    })
}
