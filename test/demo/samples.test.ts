import { describe, expect, it } from 'vitest'
import { articleUrl, postHtml, postUrl, samplePairs } from '../../src/demo/samples/addresses.ts'
import { articlesOf, sampleArticles } from '../../src/demo/samples/articles.ts'
import { sampleOutlets } from '../../src/demo/samples/outlets.ts'
import { sampleLabels, samplePosts } from '../../src/demo/samples/posts.ts'
import type { PostShape } from '../../src/demo/samples/sample-post.ts'
import { articleAddress } from '../../src/domain/article-address.ts'

const PORT = 4242
const movedHosts = sampleOutlets.flatMap(outlet => outlet.movedHosts)

const SHAPES: Readonly<Record<PostShape, number>> = {
  'outlet-then-comment': 1,
  'comment-then-outlet': 1,
  'full-width-lower-case-outlet': 1,
  'bare-url': 1,
  'english-title-and-byline': 1,
  'byline-only': 1,
  'pair-list': 1,
  essay: 1,
  'two-outlets': 1,
  'outlet-in-corner-brackets': 1,
  'outlet-in-square-brackets': 1,
  'amp-and-tracking': 1,
  'old-host': 1,
  'drop-cap': 1,
  'hostile-html': 1,
  'outlet-only': 3,
  'nothing-cited': 3,
  commentary: 1,
}

describe('sampleArticles', () => {
  it('come from at least three outlets and number at least 44', () => {
    expect(sampleOutlets.filter(outlet => articlesOf(outlet.id).length >= 10).length).toBeGreaterThanOrEqual(3)
    expect(sampleArticles.length).toBeGreaterThanOrEqual(44)
  })

  it('have slugs, titles and leads that occur once', () => {
    for (const field of ['slug', 'title', 'lead'] as const) expectUnique(sampleArticles.map(article => article[field]))
  })

  it('appeared between September and November 2026 and have three to six paragraphs', () => {
    for (const { slug, published, body } of sampleArticles) {
      expect(published, slug).toMatch(/^2026-(09|10|11)-\d\dT\d\d:\d\d:00Z$/)
      expect(body.length, slug).toBeGreaterThanOrEqual(3)
      expect(body.length, slug).toBeLessThanOrEqual(6)
    }
  })
})

describe('samplePosts', () => {
  it('have ids and paths that occur once', () => {
    expect(samplePosts.length).toBeGreaterThanOrEqual(18)
    expectUnique(samplePosts.map(post => post.id))
    expectUnique(samplePosts.map(post => post.path))
  })

  it('show every shape, some of them thrice', () => {
    const counted = Object.fromEntries(Object.keys(SHAPES).map(shape => [shape, samplePosts.filter(post => post.shape === shape).length]))
    expect(counted).toEqual(SHAPES)
  })

  it('carry one or two of at least five labels', () => {
    expect(sampleLabels().length).toBeGreaterThanOrEqual(5)
    for (const post of samplePosts) expect([1, 2], post.title).toContain(post.labels.length)
    const seedShapes = samplePosts.filter(post =>
      ['outlet-then-comment', 'comment-then-outlet', 'full-width-lower-case-outlet'].includes(post.shape),
    )
    for (const post of seedShapes) expect(post.labels).toContain('米外交政策')
  })

  for (const post of samplePosts)
    it(`translate an article that exists and came before them: ${post.title}`, () => {
      if (post.expects.article === undefined) return expect(post.expects.by).toBe('none')
      expect(Date.parse(articleBySlug(post.expects.article).published)).toBeLessThan(Date.parse(post.published))
      expect(post.updated >= post.published).toBe(true)
      expect(post.published).toMatch(/\+09:00$/)
    })

  it('cite exactly the article they are expected to cite, and otherwise no address of an outlet', () => {
    for (const post of samplePosts) {
      const cited = new Set([...citedAddresses(post.html.replaceAll('{{port}}', String(PORT)))])
      const names = post.expects.by === 'cited-link' || post.expects.by === 'bare-url'
      const expected =
        names && post.expects.article !== undefined ? [articleAddress(articleUrl(articleBySlug(post.expects.article), PORT))] : []
      expect([...cited], post.title).toEqual(expected)
    }
  })

  it('are between 500 and 1,200 characters long', () => {
    for (const post of samplePosts) {
      const text = post.html.replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>|\s/g, '')
      expect(text.length, post.title).toBeGreaterThanOrEqual(500)
      expect(text.length, post.title).toBeLessThanOrEqual(1200)
    }
  })

  it('keep the years of their article', () => {
    for (const post of samplePosts) {
      if (post.expects.article === undefined) continue
      const article = articleBySlug(post.expects.article)
      const english = new Set(numbersIn([article.title, article.lead, ...article.body].join(' ')))
      const years = [...english].filter(number => /^(19|20)\d\d$/.test(number))
      const japanese = new Set(numbersIn(post.title + post.html.replace(/<[^>]*>/g, ' ')))
      expect(
        years.filter(year => !japanese.has(year)),
        post.title,
      ).toEqual([])
    }
  })
})

describe('postHtml', () => {
  it('leaves no placeholder behind', () => {
    for (const post of samplePosts) expect(postHtml(post, PORT)).not.toContain('{{')
  })
})

describe('samplePairs', () => {
  it('names post and original of the one post that is in the operator’s list', () => {
    const post = samplePosts.find(({ shape }) => shape === 'pair-list')
    expect(post).toBeDefined()
    if (post === undefined) return
    const original = articleUrl(articleBySlug(post.expects.article ?? ''), PORT)
    expect(samplePairs(PORT)).toBe(`post,original\n${postUrl(post, PORT)},${original}\n`)
  })
})

function articleBySlug(slug: string): (typeof sampleArticles)[number] {
  const article = sampleArticles.find(each => each.slug === slug)
  if (article === undefined) throw new Error(`no article ${slug}`)
  return article
}

function* citedAddresses(html: string): Generator<string | undefined> {
  for (const [url] of html.matchAll(/http:\/\/[^\s"'<>]+/g)) {
    if (!url.includes('//stats.')) yield articleAddress(url.replaceAll('&amp;', '&'), movedHosts)
  }
}

function numbersIn(text: string): string[] {
  return text.match(/\d+/g) ?? []
}

function expectUnique(values: readonly string[]): void {
  expect(new Set(values).size).toBe(values.length)
}
