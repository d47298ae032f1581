import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { openProgram, pollOf } from './program.ts'

const FILES = ['01', '02', '03', '04'] as const

describe('a folder of posts', () => {
  it('withdraws the post of a file that is deleted, and takes it back as it was', async () => {
    const { program, write, remove, poll } = await open()
    const before = await program.feed('外交')
    expect(titles(before)).toEqual(['第04回', '第03回', '第02回', '第01回'])
    await remove('02')
    expect(await poll()).toMatchObject({ result: 'ok', added: 0, changed: 1 })
    expect(titles(await program.feed('外交'))).toEqual(['第04回', '第03回', '第01回'])
    expect(await program.posts()).toHaveLength(3)
    await write('02')
    await poll()
    expect(await program.feed('外交')).toEqual(before)
  })

  it('withdraws the post of a file that becomes a draft, and takes it back as it was', async () => {
    const { program, write, poll } = await open()
    const before = await program.feed('外交')
    await write('03', 'draft: true\n')
    await poll()
    expect(titles(await program.feed('外交'))).toEqual(['第04回', '第02回', '第01回'])
    await write('03')
    await poll()
    expect(await program.feed('外交')).toEqual(before)
  })

  it('withdraws nothing for a file that cannot be read any more', async () => {
    const { program, write, remove, poll } = await open()
    const before = await program.feed('外交')
    await write('02', 'date: tomorrow\n', '')
    expect(await poll()).toMatchObject({ skipped: [expect.stringContaining('02.md:')] })
    expect(await program.feed('外交')).toEqual(before)
    // What else is gone may be gone for the same reason.
    await remove('01')
    await poll()
    expect(await program.feed('外交')).toEqual(before)
    await write('02')
    await poll()
    expect(titles(await program.feed('外交'))).toEqual(['第04回', '第03回', '第02回'])
  })

  it('withdraws a file that could not be read once it is deleted', async () => {
    const { program, write, remove, poll } = await open()
    await write('02', 'date: tomorrow\n', '')
    await poll()
    await remove('02')
    await poll()
    expect(titles(await program.feed('外交'))).toEqual(['第04回', '第03回', '第01回'])
  })

  it('withdraws nothing when the folder itself is gone', async () => {
    const { program, folder, poll } = await open()
    const before = await program.feed('外交')
    await rm(folder, { recursive: true })
    expect(await poll()).toMatchObject({ result: 'not-found' })
    expect(await program.feed('外交')).toEqual(before)
  })
})

async function open() {
  const program = await openProgram(
    { host: '127.0.0.1:1' },
    'posts: [{ id: files, folder: ../posts, url_template: "https://b.example/{path}" }]',
  )
  const folder = join(program.folder, 'posts')
  const write = (name: string, fields = '', date = `date: 2026-03-${name}\n`) =>
    writeFile(join(folder, `${name}.md`), `---\ntitle: 第${name}回\n${date}labels: [外交]\n${fields}---\n本文です。\n`)
  const remove = (name: string) => rm(join(folder, `${name}.md`))
  const poll = async () => {
    program.wait(DAY)
    return pollOf(await program.cycle(), 'files')
  }
  await mkdir(folder)
  for (const name of FILES) await write(name)
  await poll()
  return { program, folder, write, remove, poll }
}

function titles(entries: readonly { readonly title: string }[]): readonly string[] {
  return entries.map(({ title }) => title)
}
