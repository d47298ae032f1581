import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { editSources, hasTopLevelKey, type SourceAdditions } from '../../src/config/edit-sources.ts'

const COMMENT = 'added 2026-07-01 by "kakehashi sources add"'
const NONE: SourceAdditions = { feeds: new Map(), outlets: [], posts: [] }
const FEED = { url: 'https://a.example/two' }
const toA: SourceAdditions = { ...NONE, feeds: new Map([['a', [FEED]]]) }
const anOutlet = {
  ...{ id: 'new', name: 'The New', homepage: 'https://new.example/', hosts: ['new.example'] },
  sources: [{ url: 'https://new.example/feed' }],
}
const anotherOutlet: SourceAdditions = { ...NONE, outlets: [anOutlet] }
const aPost: SourceAdditions = { ...NONE, posts: [{ id: 'blog', feed: 'https://blog.example/feed' }] }

const A = '  - id: a\n    name: A\n    hosts: [a.example]\n'
const NEW_LINES = `  # ${COMMENT}
  - id: new
    name: The New
    homepage: https://new.example/
    hosts: [new.example]
    sources:
      - url: https://new.example/feed
`

const cases: readonly [name: string, before: string, additions: SourceAdditions, after: string][] = [
  [
    'adds a feed under the last one, above the comments that follow',
    `outlets:\n${A}    sources:\n      - url: https://a.example/one   # daily\n      # more to come\n\n# tail\n`,
    toA,
    `outlets:\n${A}    sources:\n      - url: https://a.example/one   # daily\n      - url: https://a.example/two\n      # more to come\n\n# tail\n`,
  ],
  [
    'leaves what is indented under a feed with it',
    `outlets:\n${A}    sources:\n      - url: https://a.example/one\n        # poll_every: 6h\n`,
    toA,
    `outlets:\n${A}    sources:\n      - url: https://a.example/one\n        # poll_every: 6h\n      - url: https://a.example/two\n`,
  ],
  [
    'begins the feeds of an outlet that has none',
    `outlets:\n${A}`,
    toA,
    `outlets:\n${A}    sources:\n      - url: https://a.example/two\n`,
  ],
  [
    'begins them where an empty list says that there are none',
    `outlets:\n${A}    sources: []   # not yet\n`,
    toA,
    `outlets:\n${A}    sources:   # not yet\n      - url: https://a.example/two\n`,
  ],
  [
    'adds within the brackets of a feed list',
    `outlets:\n  - { id: a, name: A, hosts: [a.example], sources: [{ url: "https://a.example/one" }] } # x\n`,
    toA,
    `outlets:\n  - { id: a, name: A, hosts: [a.example], sources: [{ url: "https://a.example/one" }, { url: https://a.example/two }] } # x\n`,
  ],
  [
    'adds a feed list within the braces of an outlet',
    'outlets:\n  - { id: a, name: A, hosts: [a.example] }\n',
    toA,
    'outlets:\n  - { id: a, name: A, hosts: [a.example], sources: [{ url: https://a.example/two }] }\n',
  ],
  ['begins the outlets of an empty file', '', anotherOutlet, `outlets:\n${NEW_LINES}`],
  ['begins them in a file of comments', '# mine\n', anotherOutlet, `# mine\n\noutlets:\n${NEW_LINES}`],
  [
    'adds an outlet after the last, above the comments that follow',
    `outlets:\n${A}\n# 訳文\nposts: []\n`,
    anotherOutlet,
    `outlets:\n${A}\n${NEW_LINES}\n# 訳文\nposts: []\n`,
  ],
  [
    'puts no blank line where the outlets have none between them',
    `outlets:\n${A}${A.replace('id: a', 'id: b')}`,
    anotherOutlet,
    `outlets:\n${A}${A.replace('id: a', 'id: b')}${NEW_LINES}`,
  ],
  [
    'writes an outlet on one line where the others are',
    'outlets:\n  - { id: a, name: A, hosts: [a.example] }\n',
    anotherOutlet,
    `outlets:\n  - { id: a, name: A, hosts: [a.example] }\n  # ${COMMENT}\n  - { id: new, name: The New, homepage: https://new.example/, hosts: [new.example], sources: [{ url: https://new.example/feed }] }\n`,
  ],
  [
    'adds an outlet on a line of its own within brackets',
    'outlets: [\n  { id: a, name: A, hosts: [a.example] }\n]\n',
    { ...NONE, outlets: [{ id: 'b', name: 'B', hosts: ['b.example'], sources: [] }] },
    'outlets: [\n  { id: a, name: A, hosts: [a.example] },\n  { id: b, name: B, hosts: [b.example], sources: [] }\n]\n',
  ],
  [
    'keeps lists that are not indented so',
    'outlets:\n- id: a\n  name: A\n  hosts: [a.example]\n',
    { ...toA, ...anotherOutlet, feeds: toA.feeds },
    `outlets:\n- id: a\n  name: A\n  hosts: [a.example]\n  sources:\n  - url: https://a.example/two\n\n# ${COMMENT}\n- id: new\n  name: The New\n  homepage: https://new.example/\n  hosts: [new.example]\n  sources:\n  - url: https://new.example/feed\n`,
  ],
  [
    'begins the posts in place of an empty list',
    'posts: []\n\n# feeds\nfeeds: []\n',
    aPost,
    `posts:\n  # ${COMMENT}\n  - id: blog\n    feed: https://blog.example/feed\n\n# feeds\nfeeds: []\n`,
  ],
  [
    'keeps Windows line ends',
    'posts: []\r\nfeeds: []\r\n',
    aPost,
    `posts:\r\n  # ${COMMENT}\r\n  - id: blog\r\n    feed: https://blog.example/feed\r\nfeeds: []\r\n`,
  ],
  [
    'ends the last line first where it is not ended',
    'feeds: []',
    aPost,
    `feeds: []\n\nposts:\n  # ${COMMENT}\n  - id: blog\n    feed: https://blog.example/feed`,
  ],
  [
    'writes behind a text of several lines',
    'outlets:\n  - id: a\n    hosts: [a.example]\n    name: |\n      A\n',
    toA,
    'outlets:\n  - id: a\n    hosts: [a.example]\n    name: |\n      A\n    sources:\n      - url: https://a.example/two\n',
  ],
]

describe('editSources', () => {
  for (const [name, before, additions, after] of cases) {
    it(name, () => expect(editSources(before, additions, COMMENT).text).toBe(after))
  }

  it('refuses a list that is written elsewhere', () => {
    const shared = `outlets:\n  - { id: b, name: B, hosts: [b.example], sources: &s [{ url: "https://b.example/" }] }\n${A}    sources: *s\n`
    expect(() => editSources(shared, toA, COMMENT)).toThrow(/by hand: outlets\.sources: .*a\.example\/two/)
  })

  it('refuses a list that others refer to', () => {
    const shared = `outlets:\n${A}    sources: &s\n      - url: https://a.example/one\n  - { id: b, name: B, hosts: [b.example], sources: *s }\n`
    expect(() => editSources(shared, toA, COMMENT)).toThrow(/by hand/)
  })

  it('quotes what YAML would take for something else', () => {
    const odd = { id: '1945', name: 'A: b # c', hosts: ['new.example'], sources: [{ url: 'https://new.example/?k=${KEY}' }] }
    for (const before of ['', 'outlets: [{ id: z }]\n'])
      expect(parse(editSources(before, { ...NONE, outlets: [odd] }, COMMENT).text).outlets.at(-1)).toEqual(odd)
  })

  it('adds to the project’s own config without touching a line of it', () => {
    const own = readFileSync(new URL('../../config/sources.yaml', import.meta.url), 'utf8')
    const all: SourceAdditions = {
      feeds: new Map([
        ['tni', [FEED]],
        ['lawfare', [FEED]],
        ['spacenews', [FEED]],
      ]),
      outlets: [anOutlet],
      posts: [],
    }
    expect(isWithin(own.split('\n'), editSources(own, all, COMMENT).text.split('\n'))).toBe(true)
  })
})

describe('a file edited', () => {
  const blank = fc.constantFrom('', '', '\n', '# note\n', '  # note\n', '    # note\n', '\n# 注\n\n')
  const trailing = fc.constantFrom('', '  # なお', '   ')
  const feedLines = fc.record({ before: blank, trailing, isFlow: fc.boolean(), hasInterval: fc.boolean() })
  const outletLines = fc.record({
    before: blank,
    trailing,
    isFlow: fc.boolean(),
    quoted: fc.boolean(),
    feeds: fc.option(fc.array(feedLines, { maxLength: 3 }), { nil: undefined }),
  })
  const file = fc.record({
    head: blank,
    step: fc.constantFrom(0, 1, 2, 4),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    isEnded: fc.boolean(),
    isMarked: fc.boolean(),
    outlets: fc.array(outletLines, { maxLength: 4 }),
    tail: fc.constantFrom(
      '',
      'posts: []\n',
      'posts:\n  - { id: p, feed: "https://p.example/" } # p\n# end\n',
      '# end\n',
      '\nfeeds: []   # none\n\n',
    ),
  })

  type File = typeof file extends fc.Arbitrary<infer T> ? T : never

  function textOf({ head, step, lineEnd, isEnded, isMarked, outlets, tail }: File): string {
    const margin = ' '.repeat(step)
    const lines = outlets.map(({ before, trailing: end, isFlow, quoted, feeds }, nth) => {
      const name = quoted ? `"媒体 ${nth}"` : `媒体 ${nth}`
      if (isFlow) {
        const list = feeds === undefined ? '' : `, sources: [${feeds.map((_, n) => `{ url: "https://o${nth}.example/${n}" }`).join(', ')}]`
        return `${before}${margin}- { id: o${nth}, name: ${name}, hosts: [o${nth}.example]${list} }${end}\n`
      }
      const own = `${before}${margin}- id: o${nth}${end}\n${margin}  name: ${name}\n${margin}  hosts: [o${nth}.example]${end}\n`
      if (feeds === undefined) return own
      if (feeds.length === 0) return `${own}${margin}  sources: []${end}\n`
      const list = feeds.map(({ before: above, trailing: after, isFlow: inBraces, hasInterval }, n) => {
        const url = `https://o${nth}.example/${n}`
        const interval = hasInterval ? `\n${margin}  ${margin}  poll_every: 6h${after}` : ''
        return `${above}${margin}  ${margin}- ${inBraces ? `{ url: "${url}" }` : `url: ${url}`}${after}${inBraces ? '' : interval}\n`
      })
      return `${own}${margin}  sources:${end}\n${list.join('')}`
    })
    const text = `${head}${outlets.length === 0 ? '' : `outlets:\n${lines.join('')}`}${tail}`
    return (isMarked && text.trim() !== '' ? '\ufeff' : '') + (isEnded ? text : text.trimEnd()).replaceAll('\n', lineEnd)
  }

  it('keeps every other line byte for byte, and says what it said with what was added', () => {
    const property = fc.property(
      file,
      fc.nat(3),
      fc.boolean(),
      fc.boolean(),
      fc.string({ minLength: 1 }),
      (shape, nth, hasOutlet, hasPost, name) => {
        const text = textOf(shape)
        const before = parse(text) ?? {}
        const url = 'https://added.example/feed?a=1&b={c}'
        const additions: SourceAdditions = {
          feeds: new Map(nth < shape.outlets.length ? [[`o${nth}`, [{ url }, { id: 'x', url }]]] : []),
          outlets: hasOutlet ? [{ ...anOutlet, name: name.replace(/[\p{Cc}\p{Cs}]/gu, '-') }] : [],
          posts: hasPost ? [{ id: 'blog', feed: url, title: '対訳帖: 二' }] : [],
        }
        const edited = editSources(text, additions, COMMENT).text
        const isChanged = (line: string) => /^\ufeff?(?:posts: \[\]|\s*sources: \[\].*|.*- \{ id: .*)$/.test(line)
        const kept = text.split('\n').filter(line => !isChanged(line.trimEnd()))
        expect(
          isWithin(
            shape.isEnded ? kept : kept.map(line => line.trimEnd()),
            edited.split('\n').map(line => (shape.isEnded ? line : line.trimEnd())),
          ),
        ).toBe(true)
        expect(edited.replaceAll('\r\n', '').includes('\r')).toBe(false)
        const after = parse(edited) ?? {}
        expect({ ...after, outlets: undefined, posts: undefined }).toEqual({ ...before, outlets: undefined, posts: undefined })
        expect(after.posts ?? []).toEqual([...(before.posts ?? []), ...additions.posts])
        const feeds = additions.feeds.get(`o${nth}`) ?? []
        const outlets = (before.outlets ?? []).map((outlet: { sources?: object[] }, index: number) =>
          index === nth && feeds.length > 0 ? { ...outlet, sources: [...(outlet.sources ?? []), ...feeds] } : outlet,
        )
        expect(after.outlets ?? []).toEqual([...outlets, ...additions.outlets])
      },
    )
    fc.assert(property, { numRuns: 400 })
  })
})

describe('hasTopLevelKey', () => {
  it('sees keys at the top alone', () => {
    expect(['a', 'b', 'c'].map(key => hasTopLevelKey('a: 1\nb: { c: 1 }\n', key))).toEqual([true, true, false])
    expect(hasTopLevelKey('', 'a')).toBe(false)
  })
})

/** Whether all lines of `few` stand in `many` in the same order. */
function isWithin(few: readonly string[], many: readonly string[]): boolean {
  let next = 0
  for (const line of many) if (line === few[next]) next++
  return next === few.length
}
