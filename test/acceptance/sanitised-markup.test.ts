import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sanitizeHtml } from '../../src/html/sanitize.ts'
import { forbiddenIn } from '../html/forbidden-markup.ts'
import { BASE, hostileMarkup } from '../html/hostile-markup.ts'
import { launchBrowser } from '../support/browser.ts'

const DOCUMENTS = 3_000

it('is harmless as a browser reads it, and as it reads what it has written itself', async context => {
  const launched = await launchBrowser()
  if (launched.kind === 'none') return context.skip(`no browser starts on this machine: ${launched.because}`)
  const page = await launched.browser.newPage()
  const written = fc.sample(hostileMarkup, { numRuns: DOCUMENTS, seed: 20_260_412 })
  const clean = written.map(html => sanitizeHtml(html, BASE)).filter(html => html.includes('<'))
  expect(clean.length).toBeGreaterThan(DOCUMENTS / 2)
  const once = await readBack(page, clean)
  const twice = await readBack(page, once)
  const found = clean.map((html, index) => ({ html, forbidden: [once, twice].flatMap(texts => forbiddenIn(texts[index] ?? '<missing>')) }))
  expect(found.filter(({ forbidden }) => forbidden.length > 0)).toEqual([])
})

/** What the browser makes of fragments: parsed by its rules and written out again, so that nothing in them can be read otherwise. */
function readBack(page: Page, fragments: readonly string[]): Promise<readonly string[]> {
  const read = `html => { const template = document.createElement('template'); template.innerHTML = html; return template.innerHTML }`
  return page.evaluate<readonly string[]>(`${JSON.stringify(fragments)}.map(${read})`)
}
