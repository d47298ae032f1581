import { describe, expect, it } from 'vitest'
import { parseYaml, readYaml } from '../../src/config/yaml-file.ts'

const FILE = `# a comment
outlets:
  - id: tni
    hosts:
      - nationalinterest.org
  - { id: fa, hosts: [foreignaffairs.com] }
`

describe('readYaml', () => {
  it('gives the top-level keys as plain data', () => {
    expect(readYaml('a.yaml', 'site: { title: 題 }\nfeeds: []\n')).toMatchObject({
      data: { site: { title: '題' }, feeds: [] },
      problems: [],
    })
  })

  it('takes an empty file, and one with nothing but comments, as no keys', () => {
    expect(readYaml('a.yaml', '')).toMatchObject({ data: {}, problems: [] })
    expect(readYaml('a.yaml', '# nothing\n')).toMatchObject({ data: {}, problems: [] })
  })

  it('reads a file saved on Windows', () => {
    const file = readYaml('a.yaml', '\uFEFFsite:\r\n  title: x\r\nlog:\r\n  level: info\r\n')
    expect(file).toMatchObject({ data: { site: { title: 'x' }, log: { level: 'info' } }, problems: [] })
    expect(file.locate(['log', 'level'])).toEqual({ line: 4, column: 10 })
  })

  const places: readonly [name: string, path: readonly PropertyKey[], at: 'key' | 'value', line: number, column: number][] = [
    ['a key', ['outlets', 0, 'id'], 'key', 3, 5],
    ['a value', ['outlets', 0, 'id'], 'value', 3, 9],
    ['an item of a list', ['outlets', 0, 'hosts', 0], 'value', 5, 9],
    ['a value in braces', ['outlets', 1, 'hosts', 0], 'value', 6, 23],
    ['the thing a missing key is missing from', ['outlets', 1, 'name'], 'value', 6, 5],
    ['the list an item is missing from', ['outlets', 7], 'value', 2, 1],
    ['the beginning, where nothing of the path is there', ['feeds', 0], 'value', 1, 1],
  ]
  for (const [name, path, at, line, column] of places) {
    it(`locates ${name}`, () => expect(readYaml('a.yaml', FILE).locate(path, at)).toEqual({ line, column }))
  }

  const broken: readonly [name: string, text: string, line: number, column: number, message: RegExp][] = [
    ['an open bracket', 'site:\n  a: [1, 2\nlog: {}\n', 3, 1, /^YAML: .*\]/],
    ['an open quote', 'site:\n  title: "x\n', 3, 1, /^YAML: Missing closing "quote/],
    ['a tab as indentation', 'site:\n\ttitle: x\n', 2, 1, /^YAML: Tabs are not allowed as indentation/],
    ['a key given twice', 'site: {}\nlog: {}\nsite: {}\n', 3, 1, /^YAML: Map keys must be unique/],
    ['a second document', 'site: {}\n---\nlog: {}\n', 2, 1, /^YAML: expected one document, got a second one/],
    ['an alias of nothing', 'site: *base\n', 1, 7, /^YAML: expected an alias of something above it, got \*base$/],
    ['a list at the top', '- a\n', 1, 1, /^expected keys such as "outlets:" at the top level/],
    ['a single value', 'hello\n', 1, 1, /^expected keys such as "outlets:" at the top level/],
    [
      'bytes that are not UTF-8',
      `site:\n  title: ${Buffer.from([0x89, 0xcb]).toString()}\n`,
      2,
      10,
      /^expected UTF-8, got another encoding$/,
    ],
    ['brackets without end', `a: ${'['.repeat(50_000)}`, 1, 0, /^YAML: expected fewer brackets within brackets$/],
    ['a file of 10 MB', 'outlets:\n'.padEnd(10_000_000, '  - id: x\n'), 1, 1, /^expected at most 1000000 characters, got 10000000$/],
  ]
  for (const [name, text, line, column, message] of broken) {
    it(`reports ${name} with its place, and gives no data`, () => {
      const { data, problems } = readYaml('config/a.yaml', text)
      expect(data).toEqual({})
      expect(problems[0]).toMatchObject({ severity: 'error', file: 'config/a.yaml', line, message: expect.stringMatching(message) })
      // How deep the parser gets before it gives up is its own affair.
      if (column > 0) expect(problems[0]?.column).toBe(column)
    })
  }

  it('stops aliases that multiply', () => {
    const levels = [...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)
    const { data, problems } = readYaml('a.yaml', `a: &a [x, x, x]\n${levels.join('\n')}\n`)
    expect(data).toEqual({})
    expect(problems).toMatchObject([{ message: 'YAML: expected aliases (*name) that repeat little, got more than 100 repetitions' }])
  })

  it('unfolds the few aliases people write', () => {
    expect(readYaml('a.yaml', 'a: &x [1]\nb: *x\n').data).toEqual({ a: [1], b: [1] })
  })

  it('reports a few mistakes of a file that is no YAML at all, not thousands', () => {
    expect(readYaml('a.yaml', 'a: }\n'.repeat(2000)).problems.length).toBeLessThanOrEqual(5)
  })

  it('keeps `__proto__` a key like any other', () => {
    const { data } = readYaml('a.yaml', '__proto__: { outlets: [] }\n')
    expect(Object.keys(data)).toEqual(['__proto__'])
    expect('outlets' in data).toBe(false)
  })
})

describe('parseYaml', () => {
  it('reads front matter', () => expect(parseYaml('title: 題\ndate: 2026-03-11\n')).toEqual({ title: '題', date: '2026-03-11' }))

  for (const text of ['title: "x', 'a: 1\na: 2', 'b: [', 'a: *b']) {
    it(`throws for ${JSON.stringify(text)} rather than give what could be read`, () => expect(() => parseYaml(text)).toThrow())
  }

  it('says in which line a mistake stands', () => {
    expect(() => parseYaml('a: 1\na: 2')).toThrow(
      expect.objectContaining({ linePos: [expect.objectContaining({ line: 2 }), expect.anything()] }),
    )
  })
})
