import { describe, expect, it } from 'vitest'
import { messagePage } from '../../../src/render/page/message-page.ts'
import { allOf, aSite } from './page-samples.ts'

const page = (kind: 'not-found' | 'unavailable', language: 'ja' | 'en' = 'ja') =>
  messagePage({ site: aSite(), language, kind, generatorVersion: '1.2.3' })

describe('messagePage', () => {
  it('says what happened in both languages, the asked one first', () => {
    expect(allOf(page('not-found'), 'h1')[0]?.text).toBe('ページが見つかりません')
    expect(allOf(page('not-found'), 'h2')[0]?.text).toBe('Page not found')
    expect(allOf(page('not-found', 'en'), 'h1')[0]?.text).toBe('Page not found')
    expect(allOf(page('not-found', 'en'), 'h2')[0]?.text).toBe('ページが見つかりません')
  })

  it('tells not ready from not there', () => expect(allOf(page('unavailable'), 'h1')[0]?.text).toBe('ただいま準備中です'))

  it('leads home in each language from whatever address it is served at', () => {
    const hrefs = allOf(page('not-found'), 'a').map(({ attributes }) => attributes['href'])
    expect(hrefs).toContain('/translations/')
    expect(hrefs).toContain('/translations/en/')
  })

  it('asks not to be indexed and claims no address', () => {
    expect(page('not-found')).toContain('<meta name="robots" content="noindex">')
    expect(page('not-found')).not.toContain('rel="canonical"')
  })
})
