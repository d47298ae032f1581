import { type AddressInfo, createServer, type Socket } from 'node:net'
import { atEnd } from './at-end.ts'

/** A server on loopback that sends whatever bytes it likes. */
export interface RawServer {
  /** `127.0.0.1:port` */
  readonly host: string
  readonly port: number
  readonly url: string
  /** Requests as they came in, first bytes only. */
  readonly requests: readonly string[]
  /** Resolves when nobody is connected any more. */
  readonly isLeft: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Lets `answer` deal with every connection that has sent something, until the tests of the file are done. */
export async function serveRaw(answer: (socket: Socket, request: string) => void): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const requests: string[] = []
  const server = createServer(socket => {
    sockets.add(socket)
    // A client that has had enough resets the connection.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', bytes => {
      const request = bytes.toString('latin1')
      requests.push(request)
      answer(socket, request)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const close = () =>
    new Promise<void>(resolve => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  const isLeft = async () => {
    for (const socket of sockets) if (!socket.closed) await new Promise(resolve => socket.on('close', resolve))
  }
  atEnd(close)
  return { host, port, url: `http://${host}/feed`, requests, isLeft, close }
}
