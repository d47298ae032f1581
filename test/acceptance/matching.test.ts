import { beforeAll, describe, expect, it } from 'vitest'
import { explain as explainCommand } from '../../src/cli/explain.ts'
import { articleUrl, postUrl } from '../../src/demo/samples/addresses.ts'
import { sampleArticles } from '../../src/demo/samples/articles.ts'
import { samplePosts } from '../../src/demo/samples/posts.ts'
import type { SamplePost } from '../../src/demo/samples/sample-post.ts'
import { openLog } from '../../src/log.ts'
import { type DemoFolder, demoFolder, runDemoOnce } from '../support/demo-run.ts'
import { type PublishedEntry, publishedAtom } from '../support/published-feed.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'

type By = SamplePost['expects']['by']

// What the text of `explain` says where a post was matched in this way.
const REASONS: Readonly<Record<Exclude<By, 'none'>, RegExp>> = {
  'cited-link': /accepted: its address is in the post \(.+the body links to http/s,
  'bare-url': /accepted: its address is in the post \(.+the body writes out http/s,
  'english-title': /accepted: its title or byline is in the post \(.+a line of the body is the article's title: "/s,
  'author-and-date': /accepted: its title or byline is in the post \(.+names its author and day: [A-Z][^\n]+, 2026-\d\d-\d\d/s,
  'pair-list': /accepted: the operator says so \(.+pairs\.csv:\d+ pairs it with http/s,
  proposal: /(?:accepted|proposed): the texts are alike \(score 0\.\d\d\).+the post says what the article says: /s,
}
const NAMED: readonly By[] = ['cited-link', 'bare-url', 'english-title', 'author-and-date', 'pair-list']

let demo: DemoFolder
const explained = new Map<string, { readonly text: string; readonly data: ExplainedPost }>()
let published: ReadonlyMap<string, PublishedEntry>

beforeAll(async () => {
  demo = await demoFolder()
  expect((await runDemoOnce(demo)).exitCode).toBe(0)
  const entries = await publishedAtom(demo.publicFolder, 'bilingual')
  published = new Map(entries.map(entry => [entry.id.replace(/^.*\.post-/, ''), entry]))
  for (const post of samplePosts) {
    const address = postUrl(post, demo.ports.origin)
    const [data] = JSON.parse(await explainHere(address, true)) as readonly ExplainedPost[]
    if (data !== undefined) explained.set(post.id, { text: await explainHere(address, false), data })
  }
})

describe('matching the sample posts', () => {
  for (const post of samplePosts.filter(({ expects }) => NAMED.includes(expects.by))) {
    it(`finds the original of 「${post.title}」 by ${post.expects.by}`, () => {
      const { data } = explainedOf(post)
      expect([data.judgement.match?.state, data.judgement.match?.original.url]).toEqual(['accepted', originalOf(post)])
      expect(published.get(post.id)?.links['via']).toBe(originalOf(post))
    })
  }

  for (const post of samplePosts.filter(({ expects }) => expects.by === 'none' && expects.article === undefined)) {
    it(`publishes 「${post.title}」 without an original`, () => {
      expect(explainedOf(post).data.judgement.match?.state).not.toBe('accepted')
      expect(published.get(post.id)).toBeDefined()
      expect(published.get(post.id)?.links['via']).toBeUndefined()
    })
  }

  for (const post of samplePosts.filter(({ expects }) => expects.by === 'proposal'))
    it(`finds the original of 「${post.title}」 by what both say`, () => {
      const { match } = explainedOf(post).data.judgement
      expect(match?.original.url).toBe(originalOf(post))
      expect(published.get(post.id)?.links['via']).toBe(match?.state === 'accepted' ? originalOf(post) : undefined)
    })
})

describe('explain', () => {
  for (const post of samplePosts) {
    it(`says why of 「${post.title}」`, () => {
      const { text, data } = explainedOf(post)
      expect(text).toContain(post.title)
      expect(text).toMatch(
        data.judgement.match === undefined ? /no original: \S+/ : REASONS[post.expects.by === 'none' ? 'proposal' : post.expects.by],
      )
    })
  }

  for (const by of [...NAMED, 'none'] as const) {
    it(`says on the command line what it says of a post matched by ${by}`, async () => {
      const post = samplePosts.find(({ expects }) => expects.by === by)
      const { stdout, stderr, exitCode } = await explain(addressOf(post))
      expect([exitCode, stderr, stdout]).toEqual([0, '', `${explainedOf(post).text}\n`])
    })
  }

  it('says which feeds carry a post, and why the others do not', () => {
    const essay = samplePosts.find(({ shape }) => shape === 'essay')
    const { text } = explainedOf(essay)
    expect(text).toMatch(/^ +in +雑感$/m)
    expect(text).toMatch(/^ +not in +us-foreign-policy: it does not have the label 米外交政策$/m)
  })

  it('lists the posts that translate an article', async () => {
    const post = samplePosts.find(({ expects }) => expects.by === 'english-title')
    const { stdout, exitCode } = await explain(originalOf(post) ?? '')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/translated by\n +accepted: /)
    expect(stdout).toContain(post?.title)
  })

  it('ends with 4 where nothing that was polled has the address', async () => {
    const { stdout, stderr, exitCode } = await explain('https://nobody.example/nothing')
    expect([exitCode, stdout]).toEqual([4, ''])
    expect(stderr).toContain('https://nobody.example/nothing')
  })
})

interface ExplainedPost {
  readonly judgement: {
    readonly kind: string
    readonly match?: { readonly state: string; readonly original: { readonly url: string | null } }
  }
}

function explain(what: string): Promise<CliResult> {
  return runCli(['explain', '--config', demo.config, what], demo.folder)
}

/** The command without a process of its own, of which each post would need two. */
async function explainHere(what: string, isJson: boolean): Promise<string> {
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const terminal = { print, note: print, progress: () => {}, endProgress: () => {} }
  const environment = { isPlain: true, secret: () => undefined }
  const { signal } = new AbortController()
  await explainCommand(
    { configFolder: demo.config, isJson, terminal, environment, openLog, now: Date.now, random: Math.random, signal },
    what,
  )
  return printed.join('\n')
}

function addressOf(post: SamplePost | undefined): string {
  return post === undefined ? '' : postUrl(post, demo.ports.origin)
}

function explainedOf(post: SamplePost | undefined) {
  const found = post === undefined ? undefined : explained.get(post.id)
  if (found === undefined) throw new Error(`expected "${post?.title}" to have been explained`)
  return found
}

function originalOf(post: SamplePost | undefined): string | undefined {
  const article = sampleArticles.find(({ slug }) => slug === post?.expects.article)
  return article === undefined ? undefined : articleUrl(article, demo.ports.origin)
}
