import type { Element } from 'xml-js'
import type { FeedKind, FeedRule } from '../../domain/output-feed.ts'
import { feedPath, labelPagePath, type PageLanguage, type Site, siteAddress } from '../../domain/site.ts'
import { printDocument } from './print-xml.ts'
import { element, optionalElement } from './xml-element.ts'

/** Feeds of a kind stand together: readers make a folder of each group. */
const GROUPS: readonly {
  readonly kinds: readonly FeedKind[]
  readonly category: string
  readonly names: Readonly<Record<PageLanguage, string>>
}[] = [
  { kinds: ['all', 'selection'], category: '/selection', names: { ja: '総合', en: 'Collections' } },
  { kinds: ['label'], category: '/label', names: { ja: 'ラベル別', en: 'By label' } },
  { kinds: ['outlet'], category: '/outlet', names: { ja: '媒体別', en: 'By outlet' } },
  { kinds: ['untranslated'], category: '/untranslated', names: { ja: '未訳の記事', en: 'Not yet translated' } },
]

/**
 * Lists feeds as an OPML 2.0 subscription list, grouped by kind and otherwise in the order given. Every feed is named in
 * its Atom form, with the page that shows it. There is no date in it: the list changes when the feeds do, not when their
 * entries do.
 */
export function opmlDocument(site: Site, rules: readonly FeedRule[]): string {
  const groups = GROUPS.flatMap(({ kinds, category, names }) => {
    const outlines = rules.filter(({ kind }) => kinds.includes(kind)).map(rule => feedOutline(site, rule, category))
    return outlines.length === 0 ? [] : [element('outline', { text: names[site.language] }, outlines)]
  })
  const head = element('head', {}, [
    element('title', {}, site.title),
    ...optionalElement('ownerName', site.author.name),
    ...optionalElement('ownerEmail', site.author.email),
    element('docs', {}, 'http://opml.org/spec2.opml'),
  ])
  return printDocument(element('opml', { version: '2.0' }, [head, element('body', {}, groups)]))
}

/** `type` is "rss" whatever the syntax (OPML 2.0, subscription lists). */
function feedOutline(site: Site, rule: FeedRule, category: string): Element {
  return element('outline', {
    text: rule.title,
    title: rule.title,
    description: rule.subtitle,
    type: 'rss',
    xmlUrl: siteAddress(site, feedPath(rule.slug, 'atom')),
    htmlUrl: siteAddress(site, labelPagePath(rule.slug, site.language, site)),
    language: site.language,
    category,
  })
}
