import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { articleUrl, postUrl } from '../../src/demo/samples/addresses.ts'
import { sampleArticles } from '../../src/demo/samples/articles.ts'
import { sampleOutlets } from '../../src/demo/samples/outlets.ts'
import { sampleBlog, samplePosts } from '../../src/demo/samples/posts.ts'
import { FEED_SYNTAXES } from '../../src/domain/site.ts'
import { entryKey } from '../../src/store/entry-digest.ts'
import { launchBrowser } from '../support/browser.ts'
import { type DemoFolder, demoFolder, serveDemo } from '../support/demo-run.ts'
import { publishedJson } from '../support/published-feed.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const LABEL = '米外交政策'
const SLUG = 'us-foreign-policy'
const POST = samplePosts.find(({ labels, expects }) => labels.includes(LABEL) && expects.by === 'cited-link')
const ENTRY = `entries/${entryKey('posts', `tag:blogger.com,1999:blog-${sampleBlog.id}.post-${POST?.id}`)}`
const PAGES = ['', `labels/${SLUG}`, `labels/${SLUG}/2026`, ENTRY, 'coverage'].flatMap(
  path =>
    [
      ['ja', path],
      ['en', `en/${path}`],
    ] as const,
)
const SIZES = { phone: { width: 320, height: 740 }, desktop: { width: 1280, height: 900 } } as const
const SCHEMES = ['light', 'dark'] as const

let demo: DemoFolder
let address: string
let axe: string
let browser: Browser | undefined
let because = ''

beforeAll(async () => {
  demo = await demoFolder()
  const [launched, served, source] = await Promise.all([launchBrowser(), serveDemo(demo), readFile(AXE, 'utf8')])
  address = served.address
  axe = source
  if (launched.kind === 'ok') browser = launched.browser
  else {
    because = launched.because
    console.warn(`skipped: no browser starts on this machine: ${because}`)
  }
})

beforeEach(context => {
  if (browser === undefined) context.skip(`no browser starts on this machine: ${because}`)
})

for (const [language, path] of PAGES) {
  describe(`/${path}`, () => {
    for (const [device, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of SCHEMES) {
        it(`fits a ${device}, is accessible and reports nothing in ${colorScheme} colours`, async () => {
          const { page, complaints } = await open(path, { viewport, colorScheme })
          expect(await page.evaluate('document.documentElement.lang')).toBe(language)
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
          expect(complaints).toEqual([])
          await page.context().close()
          expect(await axeViolations(path, { viewport, colorScheme })).toEqual([])
        })
      }
    }

    it('says as much without JavaScript', async () => {
      const { page } = await open(path, { viewport: SIZES.phone, javaScriptEnabled: false })
      const text = await page.locator('main').innerText()
      const titles = (await publishedJson(demo.publicFolder, SLUG)).map(({ title }) => title)
      for (const wanted of wordsOf(path, titles)) expect(text).toContain(wanted)
      expect(await page.locator('main a[href]').count()).toBeGreaterThan(2)
      await page.context().close()
    })

    it('names feeds that are there, of the types it says', async () => {
      const { page } = await open(path, { viewport: SIZES.desktop })
      const feeds = await page.locator('link[rel=alternate][type]').evaluateAll(DESCRIBE_LINKS)
      if (!path.endsWith('coverage')) expect(feeds.length).toBeGreaterThan(0)
      for (const { href, type } of feeds) {
        const response = await fetch(href)
        expect([href, response.status, response.headers.get('content-type')]).toEqual([href, 200, `${type}; charset=utf-8`])
        expect(Object.values(FEED_SYNTAXES)).toContain(type)
      }
      await page.context().close()
    })
  })
}

describe('the pages', () => {
  it('lead to one another and to nothing that is not there', async () => {
    const { page } = await open('', { viewport: SIZES.desktop })
    const met = new Set<string>()
    const queue = [page.url()]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const response = await fetch(next)
      expect([next, response.status]).toEqual([next, 200])
      if (!response.headers.get('content-type')?.startsWith('text/html')) continue
      for (const [, href = ''] of (await response.text()).matchAll(/<(?:a|link)\b[^>]*?\shref="(\/[^"#]*)"/g)) {
        const url = new URL(href, address).href
        if (!met.has(url)) queue.push(url)
        met.add(url)
      }
    }
    for (const [, path] of PAGES) expect(met).toContain(new URL(`/${path}`, address).href)
    await page.context().close()
  })
})

describe('/labels/us-foreign-policy', () => {
  it('links every post, and its original where it has one', async () => {
    const { page } = await open('labels/us-foreign-policy', { viewport: SIZES.phone })
    const hrefs = (await page.locator('main a[href]').evaluateAll(DESCRIBE_LINKS)).map(({ href }) => href)
    const posts = samplePosts.filter(({ labels }) => labels.includes(LABEL))
    expect(hrefs).toEqual(expect.arrayContaining(posts.map(post => postUrl(post, demo.ports.origin))))
    const named = posts.filter(({ expects }) => expects.by !== 'none' && expects.by !== 'proposal')
    expect(named.length).toBeGreaterThan(3)
    const originals = named.map(({ expects }) => sampleArticles.find(({ slug }) => slug === expects.article))
    for (const article of originals) expect(hrefs).toContain(article === undefined ? '' : articleUrl(article, demo.ports.origin))
    await page.context().close()
  })

  it('is reached from / by its name, and leads to its English version and back', async () => {
    const { page, complaints } = await open('', { viewport: SIZES.phone })
    await page.locator('main a', { hasText: LABEL }).first().click()
    expect(new URL(page.url()).pathname).toBe('/labels/us-foreign-policy')
    await page.locator('a[hreflang=en][rel~=alternate]').first().click()
    expect(new URL(page.url()).pathname).toBe('/en/labels/us-foreign-policy')
    expect(await page.locator('h1').innerText()).toContain(LABEL)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('shows its style', async () => {
    const { page } = await open(`labels/${SLUG}`, { viewport: SIZES.phone, colorScheme: 'dark' })
    const background = String(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor'))
    const [red = 255, green = 255, blue = 255] = (background.match(/\d+/g) ?? []).map(Number)
    expect(Math.max(red, green, blue)).toBeLessThan(64)
    await page.context().close()
  })
})

describe('/labels/インド太平洋', () => {
  it('runs nothing of what a hostile post brings, and asks nothing of any other server', async () => {
    const { page, complaints, requests } = await open('labels/インド太平洋', { viewport: SIZES.phone })
    const hostile = samplePosts.find(({ shape }) => shape === 'hostile-html')
    expect(
      await page.locator(`main a[href="${hostile === undefined ? '' : postUrl(hostile, demo.ports.origin)}"]`).count(),
    ).toBeGreaterThan(0)
    expect(await page.locator('script, iframe, form, object, [onclick], [onerror], [style]').count()).toBe(0)
    expect(complaints).toEqual([])
    expect(requests.filter(url => !url.startsWith(address) && !url.startsWith('data:'))).toEqual([])
    await page.context().close()
  })
})

/** What a page has to say in either language. */
function wordsOf(path: string, titles: readonly string[]): readonly string[] {
  if (path.endsWith('coverage')) return sampleOutlets.map(({ name }) => name)
  return path.includes('labels/') ? [LABEL, ...titles] : [LABEL]
}

interface OpenPage {
  readonly page: Page
  /** What its console says, and what it could not load. */
  readonly complaints: string[]
  readonly requests: string[]
}

/** Opens a page as a reader's browser does. */
async function open(path: string, options: BrowserContextOptions): Promise<OpenPage> {
  if (browser === undefined) throw new Error('no browser')
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('requestfailed', request => complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  const response = await page.goto(address + path)
  expect(response?.status()).toBe(200)
  return { page, complaints, requests }
}

/** What axe finds wrong with a page. Only for its script to get in, the page's Content-Security-Policy is passed over. */
async function axeViolations(path: string, options: BrowserContextOptions): Promise<readonly string[]> {
  const { page } = await open(path, { ...options, bypassCSP: true })
  await page.addScriptTag({ content: axe })
  const { violations, passes } = (await page.evaluate(RUN_AXE)) as { readonly violations: readonly string[]; readonly passes: number }
  await page.context().close()
  expect(passes).toBeGreaterThan(20)
  return violations
}

// These two run in the page.
const RUN_AXE = `axe.run().then(({ violations, passes }) => ({
  violations: violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
  passes: passes.length,
}))`
const DESCRIBE_LINKS = (elements: readonly unknown[]) =>
  (elements as readonly { readonly href: string; readonly type: string }[]).map(({ href, type }) => ({ href, type }))
