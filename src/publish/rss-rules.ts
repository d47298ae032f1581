import { activeMarkup, isWebAddress, type Rule, unfitIds } from './document-rules.ts'
import { childrenOf, type ReadElement, textOfChild } from './read-elements.ts'

const RFC_822 = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/

/** What every RSS document that is published keeps to: RSS 2.0 and the best practices of its board. */
export const RSS_RULES: readonly Rule<ReadElement>[] = [
  rule('the root is RSS 2.0', rss => (rss.name === 'rss' && rss.attributes['version'] === '2.0' ? [] : ['the root is not RSS 2.0'])),
  rule('a document has one channel', rss => counted(rss, ['channel'])),
  rule('a channel has one title, one link and one description', rss =>
    channelsOf(rss).flatMap(channel => counted(channel, ['title', 'link', 'description'])),
  ),
  rule('an item has one title and one guid', rss => itemsOf(rss).flatMap(item => counted(item, ['title', 'guid']))),
  rule('what may occur once occurs once', rss => [
    ...channelsOf(rss).flatMap(channel =>
      atMostOnce(channel, ['language', 'copyright', 'lastBuildDate', 'generator', 'docs', 'managingEditor']),
    ),
    ...itemsOf(rss).flatMap(item => atMostOnce(item, ['link', 'description', 'content:encoded', 'pubDate', 'source', 'atom:updated'])),
  ]),
  rule('no guid occurs twice', rss => unfitIds(itemsOf(rss).map(item => textOfChild(item, 'guid')))),
  rule('guids are not taken for addresses', rss =>
    itemsOf(rss).flatMap(item =>
      childrenOf(item, 'guid').flatMap(({ attributes, text }) => (attributes['isPermaLink'] === 'false' ? [] : [`"${text}" is`])),
    ),
  ),
  rule('dates are RFC 822', rss =>
    [...channelsOf(rss), ...itemsOf(rss)]
      .flatMap(element => [...childrenOf(element, 'pubDate'), ...childrenOf(element, 'lastBuildDate')])
      .flatMap(({ text }) => (RFC_822.test(text) ? [] : [`"${text}" is not`])),
  ),
  rule('links lead to absolute addresses', rss =>
    [...channelsOf(rss), ...itemsOf(rss)].flatMap(element => [
      ...childrenOf(element, 'link').flatMap(({ text }) => (isWebAddress(text) ? [] : [`"${text}" is none`])),
      ...childrenOf(element, 'atom:link').flatMap(({ attributes: { href = '' } }) => (isWebAddress(href) ? [] : [`"${href}" is none`])),
      ...childrenOf(element, 'source').flatMap(({ attributes: { url = '' } }) => (isWebAddress(url) ? [] : [`"${url}" is none`])),
    ]),
  ),
  rule('a document links to itself once', rss => {
    const count = channelsOf(rss).flatMap(channel =>
      childrenOf(channel, 'atom:link').filter(({ attributes }) => attributes['rel'] === 'self'),
    ).length
    return count === 1 ? [] : [`${count} links to itself`]
  }),
  rule('metadata stands before the items', rss =>
    channelsOf(rss).flatMap(({ children }) => {
      const first = children.findIndex(({ name }) => name === 'item')
      return first < 0 || children.slice(first).every(({ name }) => name === 'item') ? [] : ['some stands behind one']
    }),
  ),
  rule('categories and creators have a name', rss =>
    itemsOf(rss)
      .flatMap(item => [...childrenOf(item, 'category'), ...childrenOf(item, 'dc:creator')])
      .flatMap(({ name, text }) => (text.trim() === '' ? [`<${name}> has none`] : [])),
  ),
  rule('HTML holds nothing active', rss =>
    itemsOf(rss).flatMap(item => activeMarkup(`${textOfChild(item, 'description')}${textOfChild(item, 'content:encoded')}`)),
  ),
]

/** The items of a document, in order. */
export function itemsOf(rss: ReadElement): readonly ReadElement[] {
  return channelsOf(rss).flatMap(channel => childrenOf(channel, 'item'))
}

function rule(name: string, faults: Rule<ReadElement>['faults']): Rule<ReadElement> {
  return { name, faults }
}

function channelsOf(rss: ReadElement): readonly ReadElement[] {
  return childrenOf(rss, 'channel')
}

function counted(element: ReadElement, names: readonly string[]): readonly string[] {
  return names.flatMap(name => {
    const count = childrenOf(element, name).length
    return count === 1 ? [] : [`<${element.name}> has ${count} <${name}>, one is needed`]
  })
}

function atMostOnce(element: ReadElement, names: readonly string[]): readonly string[] {
  return names.flatMap(name => (childrenOf(element, name).length <= 1 ? [] : [`<${element.name}> has several <${name}>`]))
}
