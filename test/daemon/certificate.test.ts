import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCertificate } from '../../src/daemon/certificate.ts'
import { selfSignedIdentity } from '../support/self-signed.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

const [one, other] = [selfSignedIdentity(), selfSignedIdentity()]

describe.skipIf(one === undefined)('readCertificate', () => {
  let folder: string
  const files = (cert: string, key: string) => ({ cert: join(folder, cert), key: join(folder, key) })
  beforeAll(async () => {
    folder = await temporaryFolder()
    await writeFile(join(folder, 'cert.pem'), one?.cert ?? '')
    await writeFile(join(folder, 'key.pem'), one?.key ?? '')
    await writeFile(join(folder, 'other.pem'), other?.key ?? '')
  })

  it('reads a pair', async () => {
    expect(String((await readCertificate(files('cert.pem', 'key.pem'))).cert)).toBe(one?.cert)
  })

  const bad: readonly [name: string, cert: string, key: string, message: RegExp][] = [
    ['a file that is not there', 'none.pem', 'key.pem', /^server\.tls\.cert: expected a file that can be read at .*none\.pem, got: ENOENT/],
    ['a key of another certificate', 'cert.pem', 'other.pem', /^server\.tls: expected a certificate and its key in /],
    ['a key in place of a certificate', 'key.pem', 'key.pem', /^server\.tls: expected a certificate and its key in /],
  ]
  for (const [name, cert, key, message] of bad)
    it(`refuses ${name}, and names it`, () =>
      expect(readCertificate(files(cert, key))).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringMatching(message) }))
})
