import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Traps } from './hostile-documents.ts'
import { answerOf } from './raw-answer.ts'
import { serveRaw } from './raw-server.ts'
import { temporaryFolder } from './temp-folder.ts'

/** What nothing that is made of a document may ever hold. */
export const SECRET = 'SECRET-OF-THE-HOST'

/** A file and a server that give the secret away to whoever asks; the server may be asked, so that not asking is no accident. */
export interface SetTraps extends Traps {
  readonly host: string
  readonly requests: readonly string[]
}

/** Sets the traps until the tests of the file are done. */
export async function setTraps(): Promise<SetTraps> {
  const path = join(await temporaryFolder(), 'secret.txt')
  await writeFile(path, SECRET)
  const { host, url, requests } = await serveRaw(socket => void socket.end(answerOf(`<!ENTITY secret "${SECRET}">`)))
  return { file: pathToFileURL(path).href, url, host, requests }
}
