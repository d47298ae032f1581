import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPress } from '../../src/publish/press.ts'
import { type Document, prepareDocuments, publishDocuments } from '../../src/publish/publish-documents.ts'
import { atEnd } from '../support/at-end.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'
import { atomDocument } from './samples.ts'

const NOW = Date.parse('2025-03-12T09:00:00.123Z')
const OPTIONS = { allowShrink: false, now: NOW }
// More than are prepared without a thread.
const MANY = 120

function pages(count: number, folder = 'entries'): readonly Document[] {
  return Array.from({ length: count }, (_, index) => {
    return { path: `${folder}/${index}.html`, kind: 'page', text: `<!doctype html><p>第${index}回</p></html>`, isRarelyRead: true }
  })
}

function press() {
  const opened = openPress()
  atEnd(() => opened.close())
  return opened
}

describe('openPress', () => {
  it('prepares many documents as it prepares few', async () => {
    const documents = [...pages(MANY), atomDocument(2), { ...atomDocument(1), path: 'feeds/broken.atom', text: '<feed>' }]
    const folder = await temporaryFolder()
    const here = await prepareDocuments(await temporaryFolder(), documents, OPTIONS)
    const there = await press().prepare(folder, documents, OPTIONS)
    expect(there.outcomes).toEqual(here.outcomes)
    expect(there.staged.map(({ file }) => file.slice(folder.length + 1))).toEqual([
      ...pages(MANY).map(({ path }) => path),
      atomDocument(2).path,
    ])
  })

  it('has documents put in place by whoever asked', async () => {
    const folder = await temporaryFolder()
    const { prepare } = press()
    const options = { allowShrink: false, now: () => NOW, prepare }
    await publishDocuments(folder, pages(MANY), options)
    expect(await filesIn(folder)).toHaveLength(MANY)
    expect((await publishDocuments(folder, pages(MANY), options)).every(({ kind }) => kind === 'unchanged')).toBe(true)
  })

  it('works at several requests at once, and fails those alone that cannot be met', async () => {
    const folder = await temporaryFolder()
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'taken'), 'a file where a folder should be')
    const { prepare } = press()
    const outcomes = await Promise.allSettled(['a', 'taken', 'b'].map(name => prepare(folder, pages(MANY, name), OPTIONS)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const failure = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(failure).toMatchObject([{ name: 'AppError', code: 'publish-failed', message: expect.stringContaining('expected a place') }])
  })

  it('keeps nobody waiting when it is closed', async () => {
    const { prepare, close } = press()
    const waiting = expect(prepare(await temporaryFolder(), pages(MANY), OPTIONS)).rejects.toThrow('has ended')
    await close()
    await waiting
  })
})
