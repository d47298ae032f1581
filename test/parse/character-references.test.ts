import { describe, expect, it } from 'vitest'
import { decodeReferences } from '../../src/parse/character-references.ts'

const cases: readonly [text: string, decoded: string][] = [
  ['AT&amp;T &lt;b&gt;', 'AT&T <b>'],
  ['&#8217;&#x2019;', '’’'],
  ['&Eacute;&eacute;&Auml;&yuml;&iexcl;', 'ÉéÄÿ¡'],
  ['&hearts;&OElig;&thetasym;&rang;', '♥Œϑ\u232a'],
  ['&#150;&#x97;', '–—'],
  ['a&#0;&#8;&#xd800;&#xffff;b', 'ab'],
  ['&#x1F600;', '😀'],
  ['&#9999999;', ''],
  ['&nbsp &unknown; & &; &constructor; &__proto__;', '&nbsp &unknown; & &; &constructor; &__proto__;'],
  ['&amp;amp;', '&amp;'],
]

describe('decodeReferences', () => {
  for (const [text, decoded] of cases) it(`decodes ${text}`, () => expect(decodeReferences(text)).toBe(decoded))
})
