import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a TLS server shows of itself, in PEM. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

/** Makes an identity of 127.0.0.1 that nobody vouches for, valid for a day; undefined, with a printed reason, where there is no openssl. */
export function selfSignedIdentity(): Identity | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  try {
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-days', '1', ...subject], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } catch {
    console.warn('skipped: tests of a self-signed certificate need the openssl program')
    return undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}
