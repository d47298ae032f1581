import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPairs } from '../../src/config/pairs.ts'

const POST = 'https://blog.example/2026/03/a.html'
const OTHER_POST = 'https://blog.example/2026/03/b.html'
const ARTICLE = 'https://outlet.example/feature/a'

const pair = (line: number, postUrl = POST, originalUrl: string | null = ARTICLE) => ({
  postUrl,
  originalUrl,
  where: `config/pairs.csv:${line}`,
})
const fault = (line: number, column: number, message: string) => ({ severity: 'error', file: 'config/pairs.csv', line, column, message })

describe('readPairs', () => {
  const readings: readonly [name: string, text: string, pairs: readonly object[]][] = [
    ['a plain line', `${POST},${ARTICLE}\n`, [pair(1)]],
    ['a line with notes', `${POST},${ARTICLE},no link in the post,もう一つ\n`, [pair(1)]],
    ['a file without an end of line', `${POST},${ARTICLE}`, [pair(1)]],
    ['`none` as "translates nothing"', `${POST},none,my own essay\n`, [pair(1, POST, null)]],
    ['past a heading', `post,original,note\n${POST},${ARTICLE}\n`, [pair(2)]],
    ['past a heading that stands under a comment', `# 対応表\n\n投稿,原文\n${POST},${ARTICLE}\n`, [pair(4)]],
    ['past comments and empty lines', `# one\n\n  # two\n   \n${POST},${ARTICLE}\n# ${OTHER_POST},none\n`, [pair(5)]],
    ['past the empty rows of a spreadsheet', `${POST},${ARTICLE}\n,,\n , \n`, [pair(1)]],
    ['a file saved on Windows', `\uFEFFpost,original\r\n${POST},${ARTICLE}\r\n`, [pair(2)]],
    ['a byte order mark before an address', `\uFEFF${POST},${ARTICLE}`, [pair(1)]],
    ['spaces around cells', `  ${POST} ,\t${ARTICLE} , x`, [pair(1)]],
    ['quoted cells', `"${POST}" , "${ARTICLE}","a note, with a comma"`, [pair(1)]],
    ['a comma in a quoted address', `"${POST}?a=1,2",${ARTICLE}`, [pair(1, `${POST}?a=1,2`)]],
    ['a doubled quote in a quoted address', `"${POST}?q=""x""",none`, [pair(1, `${POST}?q="x"`, null)]],
    ['a note with a quote nobody closed', `${POST},${ARTICLE},"open\n${OTHER_POST},none\n`, [pair(1), pair(2, OTHER_POST, null)]],
    ['nothing from an empty file', '', []],
  ]
  for (const [name, text, pairs] of readings) {
    it(`reads ${name}`, () => expect(readPairs('config/pairs.csv', text)).toEqual({ pairs, problems: [] }))
  }

  it('reads the good lines around bad ones, and says where the bad ones are and what is wrong', () => {
    const lines = [
      'post,original',
      `${POST},${ARTICLE}`,
      `blog.example/a,${ARTICLE}`,
      `${OTHER_POST},outlet.example/b`,
      `${OTHER_POST}`,
      `"${OTHER_POST}",None`,
      `${POST},none`,
      `${OTHER_POST},none`,
    ]
    const expectedOriginal = 'expected the address of the original or "none", got'
    expect(readPairs('config/pairs.csv', lines.join('\n'))).toEqual({
      pairs: [pair(2), pair(8, OTHER_POST, null)],
      problems: [
        fault(3, 1, 'expected the address of a post, got "blog.example/a"'),
        fault(4, OTHER_POST.length + 2, `${expectedOriginal} "outlet.example/b"`),
        fault(5, OTHER_POST.length + 1, `${expectedOriginal} ""`),
        fault(6, OTHER_POST.length + 4, `${expectedOriginal} "None"`),
        fault(7, 1, `expected each post once, got ${POST} here and in line 2`),
      ],
    })
  })

  it('takes no heading but the first row', () => {
    expect(readPairs('config/pairs.csv', `${POST},${ARTICLE}\npost,original\n`).problems).toMatchObject([{ line: 2, column: 1 }])
  })

  it('takes a first row with one address as a mistake, not as a heading', () => {
    expect(readPairs('config/pairs.csv', `post,${ARTICLE}\n`).problems).toMatchObject([{ line: 1, column: 1 }])
  })

  for (const address of ['javascript:alert(1)', 'ftp://a.example/', 'https://', 'https://a b/', '//a.example/b']) {
    it(`does not take ${address} as an address`, () => {
      const { pairs, problems } = readPairs('config/pairs.csv', `${POST},none\n${OTHER_POST},${address}\n`)
      expect([pairs.length, problems.length]).toEqual([1, 1])
    })
  }

  it('reads back whatever a spreadsheet writes', () => {
    const cell = fc.webUrl({ withQueryParameters: true, withFragments: true })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(cell, cell), { selector: ([post]) => post }), rows => {
        const text = rows.map(row => row.map(quoted).join(',')).join('\r\n')
        const { pairs, problems } = readPairs('pairs.csv', text)
        expect(problems).toEqual([])
        expect(pairs.map(({ postUrl, originalUrl }) => [postUrl, originalUrl])).toEqual(rows)
      }),
    )
  })

  it('ends soon on a line that is nothing but quotes', () => {
    expect(readPairs('pairs.csv', `${POST},none\n"${'""'.repeat(500_000)}x`).problems).toHaveLength(1)
  })
})
