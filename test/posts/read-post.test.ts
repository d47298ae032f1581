import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/domain/feed.ts'
import type { EntryKey, OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { PostFeedSource } from '../../src/domain/outlet.ts'
import type { PostFacts } from '../../src/domain/post.ts'
import { parseFeed } from '../../src/parse/parse-feed.ts'
import { readPost } from '../../src/posts/read-post.ts'
import { SAMPLE_DIRECTORY } from './sample-outlets.ts'

const FIRST_SEEN = Date.UTC(2025, 2, 21)
const KEY = 'key' as EntryKey

const SOURCE: PostFeedSource = {
  kind: 'post-feed',
  id: 'blog' as SourceId,
  feedUrl: 'https://blog.example/feeds/posts/default',
  pollEveryMs: 60_000,
  translator: '山田花子',
  language: 'ja',
  onlyLabels: [],
}

function anEntry(change: Partial<Entry>): Entry {
  const rest = { authors: [], contributors: [], categories: [], links: [] }
  return { id: 'tag:blog.example,2025:1', title: { type: 'text', value: '題名' }, published: Date.UTC(2025, 2, 20), ...rest, ...change }
}

const read = (change: Partial<Entry>, facts?: PostFacts) => readPost(anEntry(change), SOURCE, KEY, FIRST_SEEN, SAMPLE_DIRECTORY, facts)
const withBody = (html: string) => read({ content: { type: 'html', value: html } })

describe('readPost', () => {
  it('takes title and body apart', () => {
    const post = read({
      title: { type: 'text', value: '海軍は無人艦艇をどう使うのか(TNI)―日本も他人事ではありません' },
      url: 'https://blog.example/2025/03/a.html',
      content: {
        type: 'html',
        value:
          '<p><span style="font-size: x-large">海</span>軍は動く。</p><p><a href="https://twz.com/sea/navy-needs-ships">The Navy Needs Ships</a></p>',
      },
    })
    expect(post).toMatchObject({
      key: 'key',
      source: 'blog',
      url: 'https://blog.example/2025/03/a.html',
      headline: '海軍は無人艦艇をどう使うのか',
      comment: '日本も他人事ではありません',
      outlets: ['tni'],
      text: '海軍は動く。\nThe Navy Needs Ships',
      cited: [{ outlet: 'twz', isCredit: true, block: 1 }],
      englishLines: [{ block: 1, text: 'The Navy Needs Ships' }],
      bylines: [],
    })
  })

  it('reads labels as people see them', () => {
    const post = read({
      categories: [
        { term: ' 米外交政策 ' },
        { term: 'ガ' },
        { term: 'ガ'.normalize('NFC') },
        { term: 'us-policy', label: '米国' },
        { term: 'http://schemas.google.com/blogger/2008/kind#post', scheme: 'http://schemas.google.com/g/2005#kind' },
        { term: ' ' },
      ],
    })
    expect(post.labels).toEqual(['米外交政策', 'ガ'.normalize('NFC'), '米国'])
  })

  it('fills what an entry leaves out', () => {
    const bare: Entry = { id: 'x', authors: [], contributors: [], categories: [], links: [] }
    const post = readPost(bare, SOURCE, KEY, FIRST_SEEN, SAMPLE_DIRECTORY)
    expect(post).toMatchObject({
      title: 'x',
      headline: 'x',
      published: FIRST_SEEN,
      updated: FIRST_SEEN,
      language: 'ja',
      html: '',
      text: '',
    })
    expect(post.authors).toEqual([{ name: '山田花子' }])
    expect('url' in post).toBe(false)
  })

  it('lets one date stand for the other', () => {
    const { published, ...undated } = anEntry({ updated: 5 })
    expect(readPost(undated, SOURCE, KEY, FIRST_SEEN, SAMPLE_DIRECTORY).published).toBe(5)
    expect(read({}).updated).toBe(published)
  })

  it('prefers what the entry says of language and authors', () => {
    expect(read({ language: 'ja-JP', authors: [{ name: '佐藤' }] })).toMatchObject({ language: 'ja-JP', authors: [{ name: '佐藤' }] })
  })

  it('reads a post of which the feed gives only a text summary', () => {
    const post = read({ summary: { type: 'text', value: '海軍は <動く>。\n続き\n\n出典 https://twz.com/sea/navy-needs-ships' } })
    expect(post.html).toBe('<p>海軍は &lt;動く&gt;。<br>続き</p><p>出典 https://twz.com/sea/navy-needs-ships</p>')
    expect(post.cited).toMatchObject([{ outlet: 'twz', isCredit: true, block: 2 }])
  })

  it('decodes an HTML title', () => {
    expect(read({ title: { type: 'html', value: 'A &amp; B<br>の関係 (TNI)' } }).headline).toBe('A & B の関係')
  })

  it('gives a post without a title the beginning of its body', () => {
    expect(read({ title: { type: 'text', value: ' ' }, content: { type: 'html', value: '<p>海軍は動く。</p>' } }).headline).toBe(
      '海軍は動く。',
    )
  })

  it('adds what front matter states', () => {
    const stated = { outlet: 'twz' as OutletId, url: 'https://twz.com/a-b-c', where: 'front matter "original_url"' }
    const post = read({ title: { type: 'text', value: '題名(TNI)―一言' } }, { stated, comment: '補足。' })
    expect(post).toMatchObject({ headline: '題名', comment: '一言 補足。', outlets: ['tni', 'twz'], stated })
  })
})

describe('readPost on the layouts of real posts (FIELD-NOTES §6)', () => {
  it('A: header with byline and bare address', () => {
    const post = withBody(
      '<p><img src="a.jpg"></p><p>Source: Jane Roe/FlightGlobal</p><p>Airline Takes First Jet Delivery</p><p>By Jon Hemmerdinger12 December 2020</p>' +
        '<p>https://www.flightglobal.com/airlines/airline-takes-first-jet/141578.article</p><p>航空会社が初号機を受け取った。■</p>',
    )
    expect(post.englishLines.map(({ text }) => text)).toEqual(['Airline Takes First Jet Delivery'])
    expect(post.bylines).toMatchObject([{ author: 'Jon Hemmerdinger', date: Date.UTC(2020, 11, 12) }])
    expect(post.cited).toMatchObject([{ outlet: 'flightglobal', as: 'text', isCredit: true }])
  })

  it('B: header without address', () => {
    const post = withBody('<div>Engine Maker Plans New Core<br>Sean Broderick December 04, 2020<br><br>エンジンメーカーが動く。</div>')
    expect(post.englishLines.map(({ text }) => text)).toEqual(['Engine Maker Plans New Core'])
    expect(post.bylines).toMatchObject([{ author: 'Sean Broderick', date: Date.UTC(2020, 11, 4) }])
    expect(post.cited).toEqual([])
  })

  it('C: footer behind ■', () => {
    const post = withBody('<p>本文はここまで。■</p><p>Defense Firms Brace For Cuts</p><p>Michael Bruno August 18, 2020</p>')
    expect(post.englishLines).toEqual([{ block: 1, text: 'Defense Firms Brace For Cuts' }])
    expect(post.bylines).toMatchObject([{ block: 2, author: 'Michael Bruno' }])
  })

  it('D: Japanese alone', () => {
    const post = withBody('<p>新型機が公開された。</p><p>(Lockheed Martin)</p>')
    expect([post.cited, post.englishLines, post.bylines, post.outlets]).toEqual([[], [], [], []])
  })

  it('E: English caption kept above its translation', () => {
    const post = withBody(
      '<table><tr><td class="tr-caption">A destroyer leaves port at dawn. U.S. Navy</td></tr></table><p>駆逐艦が出港する。</p><p>T1/T2共通記事です</p>',
    )
    expect(post.englishLines).toEqual([])
  })

  it('F: the English original in full behind the translation', () => {
    const original = `<p>Summit Leaves Allies Uneasy</p><p>By Anna Fifield February 19 / Washington Post</p><p>${'The talks went on. '.repeat(30)}</p>`
    const post = withBody(`<p>前書き。</p><p>会談は同盟国を不安にさせた。</p>${original}`)
    expect(post.englishLines.map(({ text }) => text)).toEqual(['Summit Leaves Allies Uneasy'])
    expect(post.bylines).toMatchObject([{ author: 'Anna Fifield', date: Date.UTC(2025, 1, 19) }])
  })

  it('G: commentary that mentions outlets and days', () => {
    const post = withBody('<p>6日付Defense-Newsが新型艦を報じた。4月15日には議会も動いた。</p>')
    expect([post.cited, post.englishLines, post.bylines, post.outlets]).toEqual([[], [], [], []])
  })

  it('H: author, day and title in one Japanese line', () => {
    const post = withBody('<p>Andrew Taffer 記者による2019-9-6記事「What Comes After the Summit」の要旨です。</p>')
    expect(post.englishLines.map(({ text }) => text)).toEqual(['What Comes After the Summit'])
    expect(post.bylines).toMatchObject([{ author: 'Andrew Taffer', date: Date.UTC(2019, 8, 6) }])
  })
})

const SYNTHETIC = '../shared/data/blogger/SYNTHETIC-ja-label-feed.atom'
if (!existsSync(SYNTHETIC)) console.log(`skipped: ${SYNTHETIC} is absent`)

describe.skipIf(!existsSync(SYNTHETIC))('readPost on the synthetic label feed', () => {
  it('reads its three posts', async () => {
    const parsed = await parseFeed(readFileSync(SYNTHETIC), { url: SOURCE.feedUrl })
    const entries = parsed.kind === 'feed' ? parsed.feed.entries : []
    const posts = entries.map(entry => readPost(entry, SOURCE, KEY, FIRST_SEEN, SAMPLE_DIRECTORY))
    expect(posts.map(({ headline, outlets }) => [headline.slice(0, 8), ...outlets])).toEqual([
      ['米国がロシア=ウ', 'tni'],
      ['ドナルド・トラン', '19fortyfive'],
      ['無策なバイデン政', 'tni'],
    ])
    expect(posts.map(({ cited }) => cited.map(({ address, isCredit }) => [address, isCredit]))).toEqual([
      [['nationalinterest.org/feature/example-seed-1', true]],
      [['19fortyfive.com/2025/03/example-seed-2', true]],
      [['nationalinterest.org/blog/example-seed-3', true]],
    ])
    expect(posts.map(({ bylines }) => bylines.map(({ author, date }) => [author, date]))).toEqual([
      [['Example Author', Date.UTC(2025, 2, 14)]],
      [['Example Author', Date.UTC(2025, 2, 12)]],
      [['Example Author', Date.UTC(2024, 7, 20)]],
    ])
    expect(posts.map(({ labels }) => labels.length)).toEqual([3, 3, 1])
    expect(posts[0]?.text.startsWith('3月11日')).toBe(true)
  })
})
