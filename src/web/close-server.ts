import type { Server, ServerResponse } from 'node:http'
import { Server as TlsServer } from 'node:https'
import { Server as NetServer, type Socket } from 'node:net'

// As long as service managers wait between asking and killing, with room for what else has to be closed.
const LONGEST_FAREWELL_MS = 10_000

/**
 * Gives what ends a server: it takes no new requests, drops connections without one, lets those under way finish, and
 * after ten seconds drops clients that still have not read their answer. To be called before the server listens.
 */
export function serverCloser(server: Server | TlsServer): () => Promise<void> {
  // Answers on one connection go out in the order of their requests: when the last is out, all are.
  const lastAnswers = new Map<Socket, ServerResponse | undefined>()
  let isClosing = false
  // A connection that is kept alive would hold the server open until the client lets go of it.
  const endAfter = (socket: Socket, answer: ServerResponse) =>
    answer.once('close', () => {
      if (lastAnswers.get(socket) === answer) socket.end()
    })
  const handshakes = new Set<Socket>()
  const isEncrypted = server instanceof TlsServer
  server.on(isEncrypted ? 'secureConnection' : 'connection', (socket: Socket) => {
    lastAnswers.set(socket, undefined)
    socket.once('close', () => lastAnswers.delete(socket))
  })
  // The connections beneath; those that never come to an agreement are nobody's answers.
  if (isEncrypted) {
    server.on('connection', (socket: Socket) => {
      handshakes.add(socket)
      socket.once('close', () => handshakes.delete(socket))
    })
  }
  server.on('request', ({ socket }, answer: ServerResponse) => {
    lastAnswers.set(socket, answer)
    if (isClosing) endAfter(socket, answer)
  })
  return () =>
    new Promise(resolve => {
      isClosing = true
      const farewell = setTimeout(() => {
        server.closeAllConnections()
        for (const socket of handshakes) socket.destroy()
      }, LONGEST_FAREWELL_MS)
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
