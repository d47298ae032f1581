import { describe, expect, it } from 'vitest'
import type { AppError } from '../../../src/domain/app-error.ts'
import type { OutputEntry } from '../../../src/domain/output-feed.ts'
import { publishableEntry } from '../../../src/render/feed/publishable-entry.ts'
import { aContext, anEntry, atomOf, jsonOf, rssOf, without } from './sample.ts'

const refused: readonly [name: string, entry: OutputEntry, message: RegExp][] = [
  ['a date that is none', anEntry({ updated: Number.NaN }), /^entry "tag:blogger.*updated: expected an instant.*got NaN$/],
  ['a date no syntax can write', anEntry({ published: 8.64e15 }), /published: expected an instant.*got 8640000000000000$/],
  [
    'neither address nor text',
    { ...without(anEntry({ excerpt: ' ' }), 'url', 'content') },
    /expected a web address or a text, got neither$/,
  ],
]

describe('publishableEntry', () => {
  for (const [name, entry, message] of refused)
    it(`refuses an entry with ${name}, in every syntax`, () => {
      for (const render of [atomOf, rssOf, jsonOf]) {
        const failure = thrownBy(() => render(entry, aContext()))
        expect(failure.code).toBe('entry-unrenderable')
        expect(failure.message).toMatch(message)
      }
    })

  it('leaves out the date of an original when it is no date', () => {
    const entry = anEntry()
    const original = { authors: [], language: 'en', tier: 1 as const, published: Number.NaN }
    expect(publishableEntry({ ...entry, original }, aContext()).original).toEqual({ authors: [], language: 'en' })
  })

  it('gives an entry without page and content its excerpt as content, and no summary', () => {
    const entry = { ...without(anEntry({ excerpt: 'a < b' }), 'url', 'content', 'original'), outlets: [] }
    const { content, summary } = publishableEntry(entry, aContext())
    expect({ content, summary }).toEqual({ content: '<p>a &lt; b</p>', summary: undefined })
  })

  it('summarises an entry whose content is not published', () => {
    const { content, summary } = publishableEntry(without(anEntry({ excerpt: '抜粋' }), 'content'), aContext())
    expect({ content, summary }).toEqual({ content: undefined, summary: { type: 'text', value: '抜粋' } })
  })

  it('puts outlet and rights below the excerpt of an article', () => {
    const article = { ...without(anEntry({ excerpt: 'a < b', language: 'en' }), 'content', 'original'), kind: 'article' as const }
    expect(publishableEntry({ ...article, rights: { type: 'text', value: '© TNI' } }, aContext()).summary).toEqual({
      type: 'html',
      value: '<p>a &lt; b</p>\n<p lang="ja">出典：The National Interest（© TNI）</p>',
    })
  })

  const summaries: readonly [name: string, content: string, excerpt: string, summary: string | undefined][] = [
    ['drops a summary that says the whole content', '<p>R&amp;D <b>costs</b></p>\n<p>too much</p>', 'R&D costs too much', undefined],
    ['keeps a summary that says a part of it', '<p>R&amp;D costs</p><p>too much</p>', 'R&D costs', 'R&D costs'],
    ['keeps a summary of a long content', `<p>初め</p>${'<p>続き</p>'.repeat(500)}`, '初め', '初め'],
    ['drops it where tags take most of the room', `${'<br class="spacer wide">'.repeat(100)}初め`, '初め', undefined],
    ['has none for a blank excerpt', '<p>x</p>', ' \n', undefined],
  ]
  for (const [name, content, excerpt, summary] of summaries)
    it(name, () => expect(publishableEntry(anEntry({ content, excerpt }), aContext()).summary?.value).toBe(summary))

  it('takes in texts of a hundred thousand brackets without slowing down', { timeout: 5000 }, () => {
    const value = '<a '.repeat(100_000)
    expect(() => atomOf(anEntry({ content: value, excerpt: value, rights: { type: 'html', value } }), aContext())).not.toThrow()
  })
})

function thrownBy(act: () => unknown): AppError {
  try {
    act()
  } catch (error) {
    return error as AppError
  }
  throw new Error('expected a failure, got none')
}
