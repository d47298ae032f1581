import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time.ts'
import { incidentsFile, withIncidents } from '../../src/pipeline/incidents.ts'
import { validateAtom } from '../support/atom-schema.ts'
import { filesIn } from '../support/temp-folder.ts'
import { bloggerBlog, FEED_PATH } from './blogger-blog.ts'
import { openProgram, type Page, type Program, serveWeb } from './program.ts'
import { START } from './start.ts'

interface Shown {
  readonly id: string
  readonly title: string
  readonly updated: string
}

async function incidents(program: Program): Promise<readonly Shown[]> {
  const xml = await readFile(incidentsFile(program.config.storeFile), 'utf8')
  expect(validateAtom(xml)).toEqual([])
  const inside = (entry: string, name: string) => new RegExp(`<${name}[^>]*>([^<]*)<`).exec(entry)?.[1] ?? ''
  return xml
    .split('<entry>')
    .slice(1)
    .map(entry => ({ id: inside(entry, 'id'), title: inside(entry, 'title'), updated: inside(entry, 'updated') }))
}

async function openBlog(): Promise<{ readonly program: Program; readonly pages: Map<string, Page>; readonly page: Page }> {
  const page = bloggerBlog(3).page
  const pages = new Map<string, Page>([[FEED_PATH, page]])
  const origin = await serveWeb(pages)
  const program = await openProgram(origin, `posts: [{ id: blog, feed: "${origin.url(FEED_PATH)}" }]`)
  return { program, pages, page }
}

describe('the incidents of a program', () => {
  it('are an empty document while nothing is amiss, which is written once', async () => {
    const { program } = await openBlog()
    await program.cycle()
    expect(await incidents(program)).toEqual([])
    const before = await stat(incidentsFile(program.config.storeFile))
    await program.cycle('all')
    expect((await stat(incidentsFile(program.config.storeFile))).mtimeMs).toBe(before.mtimeMs)
  })

  it('leave nothing of a run that was cut off while it wrote them, and nothing else is touched', async () => {
    const { program } = await openBlog()
    const folder = dirname(program.config.storeFile)
    const [ours, others] = ['.incidents.atom.999999.0b4f.tmp', '.notes.999999.0b4f.tmp']
    for (const name of [ours, others]) await writeFile(join(folder, name), '')
    await program.cycle()
    const names = await filesIn(folder)
    expect([names.includes(ours), names.includes(others)]).toEqual([false, true])
  })

  it('tell once that a source fails, and under the same id that it has recovered', async () => {
    const { program, pages, page } = await openBlog()
    await program.cycle()
    pages.delete(FEED_PATH)
    for (let poll = 0; poll < 5; poll++) {
      program.wait(HOUR)
      await program.cycle('all')
    }
    const failing = await incidents(program)
    expect(failing.map(({ title }) => title)).toEqual(['「blog」を取得できません'])
    pages.set(FEED_PATH, page)
    program.wait(HOUR)
    await program.cycle('all')
    const [recovered, ...others] = await incidents(program)
    expect(others).toEqual([])
    expect(recovered).toMatchObject({ id: failing[0]?.id, title: '「blog」の取得が回復しました' })
    expect(recovered?.updated).not.toBe(failing[0]?.updated)
  })

  it('tell that the feeds cannot be written, and when they can again', async () => {
    const { program } = await openBlog()
    await program.cycle()
    await rm(program.config.publicFolder, { recursive: true })
    await writeFile(program.config.publicFolder, 'in the way')
    await expect(program.cycle()).rejects.toThrow()
    expect((await incidents(program)).map(({ title }) => title)).toEqual(['フィードを書き出せません'])
    await rm(program.config.publicFolder)
    await mkdir(program.config.publicFolder)
    await program.cycle()
    expect((await incidents(program)).map(({ title }) => title)).toEqual(['フィードの書き出しが回復しました'])
  })

  it('tell of a config that was refused', async () => {
    const { program } = await openBlog()
    await program.app.store.notices.put('config-rejected', ['config/sources.yaml:1:1: <feeds> & co.'], 0)
    await program.cycle()
    expect((await incidents(program)).map(({ title }) => title)).toEqual(['設定に誤りがあるため、変更を反映していません'])
    await program.app.store.notices.remove('config-rejected')
    await program.cycle()
    expect((await incidents(program)).map(({ title }) => title)).toEqual(['設定の誤りが解消しました'])
  })

  it('lie beside the state for their operator alone, and never among what is published', async () => {
    const { program } = await openBlog()
    await program.cycle()
    const file = incidentsFile(program.config.storeFile)
    expect(dirname(file)).toBe(dirname(program.config.storeFile))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await filesIn(program.config.publicFolder)).filter(path => path.includes('incident'))).toEqual([])
    expect((await filesIn(join(program.config.storeFile, '..'))).filter(path => path.endsWith('.tmp'))).toEqual([])
  })
})

describe('withIncidents', () => {
  it('tells that a cycle came to no end, throws what it threw, and tells when one does', async () => {
    const { program } = await openBlog()
    const { app, config } = program
    const deps = { store: app.store, sources: [], site: app.config().site, file: incidentsFile(config.storeFile), now: () => START }
    const failing = withIncidents(deps, () => Promise.reject(new RangeError('out of range')))
    await expect(failing).rejects.toThrow(new RangeError('out of range'))
    expect((await incidents(program)).map(({ title }) => title)).toEqual(['処理を最後まで終えられませんでした'])
    expect(await withIncidents(deps, () => Promise.resolve('done'))).toBe('done')
    expect((await incidents(program)).map(({ title }) => title)).toEqual(['処理が正常に戻りました'])
  })
})
