import { describe, expect, it } from 'vitest'
import type { EntryKey } from '../../../src/domain/identifiers.ts'
import { entryId } from '../../../src/render/feed/entry-id.ts'

const kept = [
  'tag:blogger.com,1999:blog-1.post-2',
  'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a',
  'https://a.example/?p=1&x[]=2',
  'HTTP://A.example/%7Ea/米?q=é#𠮷',
  'yt:video:abc',
]
const minted = [
  '123',
  'N/A',
  '',
  'a b:c',
  'https://a.example/a b',
  ' https://a.example/',
  'http://',
  'tag:x\n',
  'urn:\ud800',
  'urn:\u0000x',
  'urn:%zz',
  'urn:<x>',
  'www.a.example/1',
  '\u212aey:x',
]

describe('entryId', () => {
  for (const id of kept) it(`keeps ${id}`, () => expect(idOf(id)).toBe(id))
  for (const id of minted) it(`makes an IRI for ${JSON.stringify(id)}`, () => expect(idOf(id)).toBe('tag:site.example,2026:x:entry:abc'))
})

function idOf(id: string): string {
  return entryId({ id, key: 'abc' as EntryKey }, { id: 'tag:site.example,2026:x' })
}
