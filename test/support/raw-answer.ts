/** The bytes of an answer whose body ends with the connection. `headers` are lines, sent as they are. */
export function answerOf(body: string | Uint8Array, headers: readonly string[] = [], status = '200 OK'): Buffer {
  const head = [`HTTP/1.1 ${status}`, ...headers, 'Connection: close', '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head), Buffer.from(body)])
}
