import { describe, expect, it } from 'vitest'
import { hasOwnCredit } from '../../../src/render/feed/own-credit.ts'

const url = 'https://www.outlet.example/2025/03/a-title/'
const link = (href: string, text: string) => `<a href="${href}">${text}</a>`
const prose = `<p>${'本文。'.repeat(300)}</p>`

const cases: readonly [name: string, end: string, isCredit: boolean][] = [
  ['a credit with a link', `<p>元記事：${link(url, 'A Title')}</p>`, true],
  ['a credit with the bare address', `<p>原文 ${url}</p>`, true],
  ['a link that stands alone', `<p>${link(url, 'A Title')}</p>`, true],
  ['a bare address that stands alone', `<p>(${url})</p>`, true],
  ['another form of the same address', `<div>出典：${link('http://outlet.example/2025/03/a-title?utm_source=feed', 'Outlet')}</div>`, true],
  ['a credit followed by two lines of the blog', `<p>原文：${link(url, 'A')}</p><p>訳：花子</p><p>タグ：外交</p>`, true],
  ['an English credit', `<p>Source: ${link(url, 'Outlet')}, 12 March</p>`, true],
  ['a credit to another article', `<p>元記事：${link('https://www.outlet.example/2025/03/another', 'B')}</p>`, false],
  ['a mention within a sentence', `<p>${link(url, 'この論考')}は昨年の議論を踏まえている。</p>`, false],
  ['a mention in a long last paragraph', `<p>原文は${link(url, 'こちら')}。${'続き。'.repeat(300)}</p>`, false],
  ['no address at all', '<p>元記事：Outlet</p>', false],
]

describe('hasOwnCredit', () => {
  for (const [name, end, isCredit] of cases)
    it(`${isCredit ? 'takes' : 'does not take'} ${name} for the credit of the post`, () => {
      expect(hasOwnCredit(prose + end, url)).toBe(isCredit)
    })

  it('does not look for a credit in the middle of a post', () => {
    expect(hasOwnCredit(`<p>元記事：${link(url, 'A')}</p>${prose}${prose}${prose}`, url)).toBe(false)
    expect(hasOwnCredit(`<p>元記事：${link(url, 'A')}</p>${prose.repeat(40)}`, url)).toBe(false)
  })

  it('finds none where the original has no address', () => expect(hasOwnCredit(`<p>${url}</p>`, undefined)).toBe(false))
})
