import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { divideFile, type FrontMatter, found, textsOfValue } from '../../src/posts/front-matter.ts'

const fieldsOf = (data: Record<string, unknown>): FrontMatter => ({ data, lineOf: () => 1 })

describe('divideFile', () => {
  it('divides front matter from body', () => {
    const divided = divideFile('\uFEFF---\r\ntitle: 題\r\ndate: 2025-03-12\r\n---\r\n本文\r\n---\r\n', parseYaml)
    expect(divided).toMatchObject({ kind: 'divided', fields: { data: { title: '題', date: '2025-03-12' } }, body: '本文\n---\n' })
    expect(divided.kind === 'divided' && divided.fields.lineOf('date')).toBe(3)
  })

  it('takes a file without front matter for a body', () => {
    expect(divideFile('本文\n---\n', parseYaml)).toMatchObject({ kind: 'divided', fields: { data: {} }, body: '本文\n---\n' })
  })

  const problems: readonly [claim: string, text: string, line: number, message: RegExp][] = [
    ['TOML', '+++\ntitle = "x"\n+++\n', 1, /expected YAML .* got TOML/],
    ['JSON', '{\n  "title": "x"\n}\n', 1, /expected YAML .* got JSON/],
    ['a missing end', '---\ntitle: x\n', 1, /got no second one/],
    ['a list', '---\n- x\n---\n', 1, /keys such as "title:"/],
    ['broken YAML', '---\ntitle: x\nlabels: [a\n---\n', 4, /expected YAML/],
  ]
  for (const [claim, text, line, message] of problems)
    it(`reports ${claim}`, () => {
      const divided = divideFile(text, parseYaml)
      expect(divided).toMatchObject({ kind: 'problem', message: expect.stringMatching(message) })
      expect(divided.kind === 'problem' && Math.abs(divided.line - line)).toBeLessThanOrEqual(1)
    })
})

describe('found', () => {
  it('takes the first key that holds something', () => {
    expect(found(fieldsOf({ a: '', b: null, c: 0 }), ['a', 'b', 'c'])).toEqual({ key: 'c', value: 0 })
  })
  it('reads nested keys, and keys with a dot in them', () => {
    expect(found(fieldsOf({ original: { link: 'x' } }), ['original.link'])?.value).toBe('x')
    expect(found(fieldsOf({ 'original.link': 'y' }), ['original.link'])?.value).toBe('y')
  })
  it('never reads what every object has', () => {
    expect(found(fieldsOf({}), ['constructor', '__proto__', 'toString.name', 'a.b.c'])).toBeUndefined()
  })
})

describe('textsOfValue', () => {
  it('reads lists and divided text', () => {
    expect(textsOfValue([' 米国 ', 7, null, { a: 1 }])).toEqual(['米国', '7'])
    expect(textsOfValue('米国, 中国、ロシア')).toEqual(['米国', '中国', 'ロシア'])
    expect(textsOfValue(undefined)).toEqual([])
  })
})
