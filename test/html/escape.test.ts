import { describe, expect, it } from 'vitest'
import { escapeAttribute, escapeHtml } from '../../src/html/escape.ts'

describe('escapeHtml', () => {
  it('escapes what would be markup and leaves quotes', () => {
    expect(escapeHtml('<b>"A" & \'B\'</b>')).toBe('&lt;b&gt;"A" &amp; \'B\'&lt;/b&gt;')
  })
  it('escapes what is already escaped once more', () => {
    expect(escapeHtml('&amp;')).toBe('&amp;amp;')
  })
  it('drops what XML 1.0 forbids and keeps characters beyond the basic plane', () => {
    expect(escapeHtml('a\u0000b\u001Bc\uFFFEd\uD800e𠮷\t\n')).toBe('abcde𠮷\t\n')
  })
})

describe('escapeAttribute', () => {
  it('escapes both kinds of quotes', () => {
    expect(escapeAttribute(`"'<>&`)).toBe('&quot;&#39;&lt;&gt;&amp;')
  })
  it('writes tabs and line ends as references, so that XML parsers keep them', () => {
    expect(escapeAttribute('a\tb\nc\rd')).toBe('a&#9;b&#10;c&#13;d')
  })
  it('drops what XML 1.0 forbids', () => {
    expect(escapeAttribute('a\u0008\uDC00\uFFFFb')).toBe('ab')
  })
})
