import { describe, expect, it } from 'vitest'
import { webAddress } from '../../../src/render/feed/web-address.ts'

const cases: readonly [text: string | undefined, address: string | undefined][] = [
  ['https://a.example/x?y=1&z=2#w', 'https://a.example/x?y=1&z=2#w'],
  ['https://a.example/米 é?q="<>', 'https://a.example/%E7%B1%B3%20%C3%A9?q=%22%3C%3E'],
  ['https://a.example/a[1]{2}|3?b[]=^`\\', 'https://a.example/a%5B1%5D%7B2%7D%7C3?b%5B%5D=%5E%60%5C'],
  ['https://a.example/100%/%41', 'https://a.example/100%25/%41'],
  ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ['https://a.example/\ud800', 'https://a.example/%EF%BF%BD'],
  ['/relative', undefined],
  ['javascript:alert(1)', undefined],
  ['ftp://a.example/', undefined],
  ['', undefined],
  [undefined, undefined],
]

describe('webAddress', () => {
  for (const [text, address] of cases) it(`gives ${address} for ${JSON.stringify(text)}`, () => expect(webAddress(text)).toBe(address))
})
