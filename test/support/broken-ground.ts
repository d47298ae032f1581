import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { chmod, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './at-end.ts'

/** Why this machine lets nobody mount a file system, which needs root; undefined where it does. */
export function whyNoMount(): string | undefined {
  return tried(folder => {
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', folder)
    run('umount', folder)
  })
}

/** Why this machine lets nobody make a file immutable, which needs root and a file system that knows it; undefined where it does. */
export function whyNoImmutableFile(): string | undefined {
  return tried(folder => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    run('chattr', '+i', file)
    run('chattr', '-i', file)
  })
}

/** Puts a disk of its own into an empty folder, until the tests of the file are done. */
export function mountSmallDisk(folder: string, kilobytes: number): void {
  run('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'none', folder)
  atEnd(() => run('umount', '--lazy', folder))
}

/** Fills the disk that a folder is on, but for so many bytes; gives what makes room again. */
export async function fillDisk(folder: string, leave: number): Promise<() => Promise<void>> {
  const file = join(folder, '.ballast.tmp')
  const handle = await open(file, 'w')
  let size = 0
  for (const piece of [65_536, 4_096]) {
    const bytes = Buffer.alloc(piece)
    try {
      for (;;) size += (await handle.write(bytes, 0, piece, size)).bytesWritten
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  await handle.truncate(Math.max(0, size - leave))
  await handle.close()
  return () => rm(file)
}

/** Lets nobody write below a folder, be it root; gives what allows it again. */
export async function makeReadOnly(folder: string): Promise<() => Promise<void>> {
  if (process.getuid?.() === 0) {
    run('mount', '--bind', folder, folder)
    atEnd(() => run('umount', '--lazy', folder))
    run('mount', '-o', 'remount,ro,bind', folder)
    return async () => run('mount', '-o', 'remount,rw,bind', folder)
  }
  const folders = [folder, ...(await readdir(folder, { recursive: true, withFileTypes: true })).flatMap(below)]
  const permit = async (mode: number) => {
    for (const path of folders) await chmod(path, mode)
  }
  await permit(0o555)
  return () => permit(0o755)
}

/** Lets nobody change, replace or remove a file; gives what allows it again. */
export function makeImmutable(file: string): () => Promise<void> {
  run('chattr', '+i', file)
  const release = () => run('chattr', '-i', file)
  atEnd(release)
  return async () => release()
}

function below(entry: { readonly parentPath: string; readonly name: string; isDirectory(): boolean }): readonly string[] {
  return entry.isDirectory() ? [join(entry.parentPath, entry.name)] : []
}

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

function tried(attempt: (folder: string) => void): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-test-'))
  try {
    attempt(folder)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
