import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { filesIn } from '../support/temp-folder.ts'
import { type RssItem, rssDocument } from './documents.ts'
import { openProgram, type Program, serveWeb } from './program.ts'
import { START } from './start.ts'

const FIRST = '中国・台湾'
const LATER = '中国/台湾'
const LAST = '中国:台湾'
const PLAIN = '中国-台湾'

describe('labels that would share an address', () => {
  it('leave it to the one that came first, and give the newcomer one with a digest', async () => {
    const { program, label } = await open()
    await label(FIRST)
    expect(await slugs(program)).toEqual({ [PLAIN]: [FIRST] })
    await label(FIRST, LATER)
    const both = await slugs(program)
    expect(both[PLAIN]).toEqual([FIRST])
    expect(Object.entries(both)).toContainEqual([expect.stringMatching(/^中国-台湾-[0-9a-z]{7}$/), [LATER]])
    expect(Object.keys(both)).toHaveLength(2)
  })

  it('keep their addresses when the first is used less than the other', async () => {
    const { program, label } = await open()
    await label(LATER)
    await label(LATER, FIRST, FIRST, FIRST)
    expect((await slugs(program))[PLAIN]).toEqual([LATER])
  })

  it('keep their addresses when the first is on no post for a while', async () => {
    const { program, label } = await open()
    await label(FIRST)
    await label(LATER)
    await label(LATER, FIRST)
    const both = await slugs(program)
    expect(both[PLAIN]).toEqual([FIRST])
    expect(Object.values(both)).toContainEqual([LATER])
  })

  it('get the same addresses in whatever order they appear together', async () => {
    const found = []
    for (const labels of [
      [FIRST, LATER, LAST],
      [LAST, FIRST, LATER, LATER],
    ]) {
      const { program, label } = await open()
      await label(...labels)
      found.push(await slugs(program))
    }
    expect(found[1]).toEqual(found[0])
    expect(Object.keys(found[0] ?? {})).toHaveLength(3)
    expect(found[0]).not.toHaveProperty(PLAIN)
  })

  it('give way to a slug the operator asks for', async () => {
    const { program, label } = await open()
    await label(FIRST)
    await program.reconfigure(`${program.sources}\nfeeds: [{ slug: "${PLAIN}", label: "${LATER}" }]`)
    await label(FIRST, LATER)
    const both = await slugs(program)
    expect(both[PLAIN]).toEqual([LATER])
    expect(Object.entries(both)).toContainEqual([expect.stringMatching(/^中国-台湾-[0-9a-z]{7}$/), [FIRST]])
  })
})

async function open() {
  let items: readonly RssItem[] = []
  const origin = await serveWeb(new Map([['/rss', () => rssDocument(items)]]))
  const sources = `posts: [{ id: blog, feed: "${origin.url('/rss')}" }]`
  const program = { ...(await openProgram(origin, sources)), sources }
  /** Gives the blog one post for each of these labels, and publishes. */
  const label = async (...labels: readonly string[]) => {
    items = labels.map((name, index) => ({
      guid: `https://b.example/${index}`,
      title: name,
      labels: [name],
      published: START - index * DAY,
    }))
    await program.cycle('all')
  }
  return { program, label }
}

/** By slug the labels of the posts in the feed of a label. */
async function slugs(program: Program): Promise<Readonly<Record<string, readonly string[]>>> {
  const feeds = (await filesIn(`${program.config.publicFolder}/feeds`)).filter(path => path.endsWith('.atom') && path !== 'all.atom')
  const named = feeds.map(async path => {
    const slug = path.replace(/\.atom$/, '')
    return [slug, [...new Set((await program.feed(slug)).flatMap(({ categories }) => categories))]] as const
  })
  return Object.fromEntries(await Promise.all(named))
}
