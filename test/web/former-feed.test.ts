import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formerFeed } from '../../src/web/former-feed.ts'

const FORMER = new Map([
  ['nato', 'alliance'],
  ['node.js', '架け橋'],
  ['gone', null],
])

describe('formerFeed', () => {
  const cases: readonly [path: string, answer: ReturnType<typeof formerFeed>][] = [
    ['feeds/nato.atom', { kind: 'moved', location: './alliance.atom' }],
    ['feeds/nato.json', { kind: 'moved', location: './alliance.json' }],
    ['feeds/nato/archive-3.atom', { kind: 'moved', location: '../alliance/archive-3.atom' }],
    ['labels/nato.html', { kind: 'moved', location: './alliance' }],
    ['en/labels/nato.html', { kind: 'moved', location: './alliance' }],
    ['labels/nato/2025-2.html', { kind: 'moved', location: '../alliance/2025-2' }],
    ['feeds/node.js.rss', { kind: 'moved', location: './%E6%9E%B6%E3%81%91%E6%A9%8B.rss' }],
    ['feeds/gone.atom', { kind: 'gone' }],
    ['labels/gone.html', { kind: 'gone' }],
    ['feeds/nato.txt', undefined],
    ['feeds/other.atom', undefined],
    ['nato.atom', undefined],
    ['index.html', undefined],
  ]
  for (const [path, answer] of cases)
    it(`answers ${path} with ${answer === undefined ? 'nothing' : answer.kind}`, () => expect(formerFeed(path, FORMER)).toEqual(answer))

  it('leads nowhere but to the site', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), slug => {
        const former = formerFeed('feeds/a.atom', new Map([['a', slug.toWellFormed()]]))
        const location = former?.kind === 'moved' ? former.location : ''
        expect(new URL(location, 'https://site.example/x/feeds/a.atom').href).toMatch(/^https:\/\/site\.example\/x\/feeds\//)
      }),
    )
  })
})
