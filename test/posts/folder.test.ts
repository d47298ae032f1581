import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import type { SourceId } from '../../src/domain/identifiers.ts'
import type { PostFolderSource } from '../../src/domain/outlet.ts'
import { readFolder } from '../../src/posts/folder.ts'
import { renderMarkdown } from '../../src/posts/markdown.ts'
import { SAMPLE_DIRECTORY } from './sample-outlets.ts'

const SYNTAX = { parseYaml, renderMarkdown }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kakehashi-folder-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

async function read(change: Partial<PostFolderSource> = {}, signal?: AbortSignal) {
  const reading = await readFolder({ ...aSource(), ...change }, SAMPLE_DIRECTORY, SYNTAX, signal)
  if (reading.kind === 'failed') throw new Error(reading.detail)
  return reading
}

function aSource(): PostFolderSource {
  return {
    kind: 'post-folder',
    id: 'notes' as SourceId,
    folder,
    pollEveryMs: 60_000,
    language: 'ja',
    onlyLabels: [],
    urlTemplate: 'https://notes.example/{path}/',
    frontMatter: {
      id: ['id'],
      title: ['title'],
      url: ['url', 'permalink'],
      published: ['date', 'published'],
      updated: ['updated'],
      labels: ['labels', 'tags'],
      author: ['translator', 'author'],
      draft: ['draft'],
      originalUrl: ['original_url', 'original.link', 'translated_from'],
      originalTitle: ['original_title', 'original.title'],
      outlet: ['outlet', 'original.site'],
      comment: ['comment'],
    },
  }
}

const FULL = `---
id: tag:notes.example,2025:1
title: 海軍は無人艦艇をどう使うのか(TNI)
permalink: /2025/03/ships/
date: 2025-03-12 10:00:00 +0900
updated: 2025-03-13
tags: [米海軍, 無人機]
author:
  name: 山田花子
original:
  link: https://nationalinterest.org/feature/what-comes-next
  title: What Comes Next
  site: The National Interest
comment: 日本も他人事ではありません。
---
**本文**です。
`

describe('readFolder', () => {
  it('reads a file whole', async () => {
    await put('ships.md', FULL)
    expect(await read()).toEqual({
      kind: 'read',
      problems: [],
      entries: [
        {
          path: 'ships.md',
          entry: {
            id: 'tag:notes.example,2025:1',
            title: { type: 'text', value: '海軍は無人艦艇をどう使うのか(TNI)' },
            content: { type: 'html', value: '<p><strong>本文</strong>です。</p>' },
            published: Date.UTC(2025, 2, 12, 1),
            updated: Date.UTC(2025, 2, 13),
            url: 'https://notes.example/2025/03/ships/',
            authors: [{ name: '山田花子' }],
            contributors: [],
            categories: [{ term: '米海軍' }, { term: '無人機' }],
            links: [{ rel: 'alternate', href: 'https://notes.example/2025/03/ships/', type: 'text/html' }],
          },
          facts: {
            stated: {
              url: 'https://nationalinterest.org/feature/what-comes-next',
              title: 'What Comes Next',
              outlet: 'tni',
              where: 'front matter "original.link"',
            },
            comment: '日本も他人事ではありません。',
          },
        },
      ],
    })
  })

  it('makes do with a bare file', async () => {
    await put('覚書/2025-03-12-艦艇.md', '# 無人艦艇\n\n本文。')
    await put('plain.html', '<html><head><title>題 &amp; 名</title></head><body><p>本文。</p></body></html>')
    await utimes(join(folder, 'plain.html'), 1_700_000_000, 1_700_000_000)
    const [plain, dated] = (await read()).entries.map(({ entry }) => entry)
    expect(dated).toMatchObject({
      id: `urn:kakehashi:notes:${encodeURIComponent('覚書')}/2025-03-12-${encodeURIComponent('艦艇')}`,
      url: `https://notes.example/${encodeURIComponent('覚書')}/2025-03-12-${encodeURIComponent('艦艇')}/`,
      title: { value: '無人艦艇' },
      published: Date.UTC(2025, 2, 12),
    })
    expect(plain).toMatchObject({ title: { value: '題 & 名' }, published: 1_700_000_000_000 })
    expect(plain?.content?.value).toContain('<p>本文。</p>')
  })

  it('passes over what is no post and over drafts', async () => {
    await put('a.md', '---\ndraft: true\n---\nx')
    await put('b.md', '---\npublished: false\n---\nx')
    await put('c.txt', 'x')
    await put('.git/d.md', 'x')
    await put('_drafts/e.md', 'x')
    await put('real/f.markdown', '---\npublished: true\n---\nx')
    await symlink(join(folder, 'real'), join(folder, 'linked'))
    await symlink(join(folder, 'real/f.markdown'), join(folder, 'g.md'))
    const reading = await read()
    expect(reading.entries.map(({ path }) => path)).toEqual(['real/f.markdown'])
    expect(reading.problems).toEqual([])
  })

  it('reports bad files by path and line and reads the others', async () => {
    await put('1.md', '---\ntitle: x\ndate: someday\n---\nx')
    await put('2.md', '+++\ntitle = "x"\n+++\n')
    await put('3.md', new Uint8Array([0x82, 0xa0, 0xff]))
    await put('4.md', 'x'.repeat(2_000_001))
    await put('5.md', '---\nid: same\n---\nx')
    await put('6.md', '---\nid: same\n---\ny')
    const { entries, problems } = await read()
    expect(entries.map(({ path }) => path)).toEqual(['5.md'])
    expect(problems).toEqual([
      '1.md:3: date: expected a date such as 2025-03-12 or 2025-03-12T10:00:00+09:00, got "someday"',
      '2.md:1: expected YAML front matter between two lines of ---, got TOML (+++)',
      '3.md:1: expected UTF-8, got other bytes',
      '4.md:1: expected at most 2000000 bytes, got 2000001',
      '6.md:1: expected an id of its own, got that of 5.md (same)',
    ])
  })

  it('keeps the order of paths', async () => {
    for (const path of ['b.md', 'a/z.md', 'a.md', 'B.md']) await put(path, 'x')
    expect((await read()).entries.map(({ path }) => path)).toEqual(['B.md', 'a.md', 'a/z.md', 'b.md'])
  })

  it('passes over an original that is no web address', async () => {
    await put('a.md', '---\ntranslated_from: 3f2a9c1\n---\nx')
    expect((await read()).entries[0]?.facts).toBeUndefined()
  })

  it('leaves the address out where the template gives none', async () => {
    await put('a.md', 'x')
    expect((await read({ urlTemplate: '' })).entries[0]?.entry).toMatchObject({ id: 'urn:kakehashi:notes:a', links: [] })
  })

  it('fails where the folder cannot be listed', async () => {
    const source = { ...aSource(), folder: join(folder, 'absent') }
    const reading = await readFolder(source, SAMPLE_DIRECTORY, SYNTAX)
    expect(reading).toMatchObject({ kind: 'failed', detail: expect.stringContaining('absent') })
  })

  it('stops when asked to', async () => {
    await put('a.md', 'x')
    await expect(read({}, AbortSignal.abort(new Error('closing')))).rejects.toThrow('closing')
  })
})
