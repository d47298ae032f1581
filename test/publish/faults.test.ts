import { execFileSync, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'
import { atomDocument } from './samples.ts'

const PUBLISHER = fileURLToPath(new URL('endless-publisher.ts', import.meta.url))

/** A process that publishes one set of documents after the other, of 1 to `most` entries, until it is killed or fails. */
function publisher(folder: string, most: number, limit?: string) {
  const command = [process.execPath, PUBLISHER, folder, String(most)]
  const [program = '', ...args] = limit === undefined ? command : ['prlimit', limit, ...command]
  const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', text => {
      said += String(text)
    })
  }
  const ended = new Promise<number | null>(resolve => started.once('exit', resolve))
  return { kill: () => started.kill('SIGKILL'), said: () => said, ended }
}

const hasLimits = (() => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('skipped: a test of a disk that is full needs the prlimit program')
    return false
  }
})()

describe.skipIf(!hasLimits)('publishing where there is no room', () => {
  it('changes no document, and says why', async () => {
    const folder = await temporaryFolder()
    const before = publisher(folder, 1)
    while (!before.said().includes('settled')) await sleep(2)
    before.kill()
    await before.ended
    // A file may have 20 kB here: the third of the documents does not fit.
    const full = publisher(folder, 400, '--fsize=20000')
    expect(await full.ended).toBe(1)
    expect(full.said()).toMatch(/c\.atom: expected a place that can be written, got: EFBIG: file too large/)
    for (const name of ['a', 'b', 'c']) expect(await readFile(join(folder, `${name}.atom`), 'utf8')).toBe(atomDocument(1).text)
    expect((await filesIn(folder)).filter(path => path.endsWith('.tmp'))).toEqual([])
  }, 30_000)
})
