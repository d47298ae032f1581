import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { App } from '../app.ts'
import type { ServerSettings } from '../config/server-settings.ts'
import { AppError } from '../domain/app-error.ts'
import type { Log } from '../log.ts'
import type { Certificate, RunningServer } from '../web/server.ts'

/**
 * Reads the certificate and its key.
 *
 * @throws AppError `config-invalid` where one of them cannot be read, or they do not belong together
 */
export async function readCertificate({ cert, key }: NonNullable<ServerSettings['tls']>): Promise<Certificate> {
  const certificate = { cert: await readPem(cert, 'server.tls.cert'), key: await readPem(key, 'server.tls.key') }
  try {
    createSecureContext(certificate)
  } catch (cause) {
    throw unusable('server.tls', `a certificate and its key in ${cert} and ${key}`, cause)
  }
  return certificate
}

/**
 * Gives what puts the certificate in force that now lies where the config said at the start; one that cannot be used is
 * logged, and the one in force stays. Whoever renews certificates tells us by SIGHUP.
 */
export function renewedCertificates(
  app: Pick<App, 'config'>,
  server: Pick<RunningServer, 'renewCertificate'>,
  log: Log,
): () => Promise<void> {
  const { tls } = app.config().server
  return async () => {
    if (tls === undefined) return
    try {
      server.renewCertificate(await readCertificate(tls))
    } catch (error) {
      log.warn({ event: 'config', err: error }, 'the certificate cannot be used; the one in force stays')
    }
  }
}

async function readPem(file: string, key: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw unusable(key, `a file that can be read at ${file}`, cause)
  }
}

function unusable(key: string, expected: string, cause: unknown): AppError {
  return new AppError('config-invalid', `${key}: expected ${expected}, got: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  })
}
