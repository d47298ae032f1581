import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import type { Slug } from '../../../src/domain/identifiers.ts'
import type { FeedRule } from '../../../src/domain/output-feed.ts'
import { readOpml } from '../../../src/parse/opml.ts'
import { inspectOpml } from '../../../src/publish/check-document.ts'
import { opmlDocument } from '../../../src/render/feed/opml.ts'
import { rule, site } from './sample.ts'

function aRule(changes: Partial<FeedRule>): FeedRule {
  return { ...rule, ...changes }
}

describe('opmlDocument', () => {
  const rules = [
    aRule({ kind: 'all', label: null, slug: 'all' as Slug, title: 'すべての翻訳' }),
    rule,
    aRule({ kind: 'outlet', label: null, slug: 'outlet-tni' as Slug, title: 'A & B <の> "翻訳"' }),
  ]

  it('lists every feed in its Atom form with its page, grouped by kind', () => {
    expect(outlinesOf(opmlDocument(site, rules))).toEqual([
      { text: '総合' },
      expect.objectContaining({ text: 'すべての翻訳', category: '/selection', xmlUrl: 'https://kakehashi.example/feeds/all.atom' }),
      { text: 'ラベル別' },
      {
        text: '米外交政策',
        title: '米外交政策',
        description: '米国の外交政策を論じた記事の翻訳',
        type: 'rss',
        xmlUrl: 'https://kakehashi.example/feeds/%E7%B1%B3%E5%A4%96%E4%BA%A4%E6%94%BF%E7%AD%96.atom',
        htmlUrl: 'https://kakehashi.example/labels/%E7%B1%B3%E5%A4%96%E4%BA%A4%E6%94%BF%E7%AD%96',
        language: 'ja',
        category: '/label',
      },
      { text: '媒体別' },
      expect.objectContaining({ text: 'A & B <の> "翻訳"', category: '/outlet' }),
    ])
  })

  it('is read back whole by what reads OPML', () => {
    const bytes = new TextEncoder().encode(opmlDocument(site, rules))
    const reading = readOpml(bytes)
    expect(reading.kind === 'opml' ? reading.feeds.map(({ xmlUrl }) => xmlUrl) : reading).toEqual(
      outlinesOf(opmlDocument(site, rules)).flatMap(({ xmlUrl }) => xmlUrl ?? []),
    )
  })

  it('is sound whatever titles hold, and without any feed', () => {
    const odd = aRule({ title: '\u0000]]>\ud800<b>&amp;', subtitle: '\u202e"' })
    expect(inspectOpml(opmlDocument(site, [odd])).faults).toEqual([])
    expect(inspectOpml(opmlDocument(site, [])).faults).toEqual([])
  })
})

function outlinesOf(xml: string): readonly Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'outline') found.push({ ...attributes })
  })
  parser.write(xml).close()
  return found
}
