import { describe, expect, it } from 'vitest'
import { withXmlTexts, xmlText } from '../../../src/render/feed/xml-text.ts'

const cases: readonly [name: string, text: string, kept: string][] = [
  ['leaves ordinary text alone', 'a\t\n 米 𠮷 \u00a0 \ufffd', 'a\t\n 米 𠮷 \u00a0 \ufffd'],
  ['leaves out what XML 1.0 has no place for', '\u0000a\u0008\u000b\u000c\u000e\u001fb\ufffe\uffff', 'ab'],
  ['leaves out the control characters XML 1.0 advises against', 'a\u007f\u0080\u0085\u009fb', 'ab'],
  ['replaces lone surrogates', '\ud800a\udc00', '\ufffda\ufffd'],
  ['makes every line end a line feed', 'a\r\nb\rc\n', 'a\nb\nc\n'],
]

describe('xmlText', () => {
  for (const [name, text, kept] of cases) it(name, () => expect(xmlText(text)).toBe(kept))
})

describe('withXmlTexts', () => {
  it('reaches every string and leaves the rest', () => {
    const made = withXmlTexts({ a: '\u0000', b: [{ c: 'x\u0000' }, 1, null, undefined, true], d: undefined })
    expect(made).toStrictEqual({ a: '', b: [{ c: 'x' }, 1, null, undefined, true], d: undefined })
  })
})
