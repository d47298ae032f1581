import { isIri } from '../domain/iri.ts'
import { activeMarkup, isRfc3339, isWebAddress, type Rule, unfitIds } from './document-rules.ts'
import { childrenOf, type ReadElement, textOfChild } from './read-elements.ts'

const ATOM = 'http://www.w3.org/2005/Atom'
const HISTORY_RELATIONS = new Set(['prev-archive', 'next-archive', 'first', 'last', 'next', 'previous', 'current'])
const LANGUAGE = /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(?:\s*;.*)?$/

/** What every Atom document that is published keeps to: RFC 4287, and RFC 5005 and RFC 6721 where it makes use of them. */
export const ATOM_RULES: readonly Rule<ReadElement>[] = [
  rule('the root is an Atom feed', feed =>
    feed.name === 'feed' && feed.uri === ATOM ? [] : ['the root is not an Atom feed (RFC 4287 §4.1.1)'],
  ),
  rule('a feed has one id, one title and one date', feed => counted(feed, ['id', 'title', 'updated'], 1)),
  rule('an entry has one id, one title and one date', feed =>
    entriesOf(feed).flatMap(entry => counted(entry, ['id', 'title', 'updated'], 1)),
  ),
  rule('a source has one id, one title and one date', feed =>
    sourcesOf(feed).flatMap(source => counted(source, ['id', 'title', 'updated'], 1)),
  ),
  rule('what may occur once occurs once', feed => [
    ...atMostOnce(feed, ['generator', 'icon', 'logo', 'rights', 'subtitle']),
    ...entriesOf(feed).flatMap(entry => atMostOnce(entry, ['content', 'published', 'rights', 'source', 'summary'])),
  ]),
  rule('every entry has an author', feed =>
    childrenOf(feed, 'author').length > 0
      ? []
      : entriesOf(feed).flatMap(entry => (childrenOf(entry, 'author').length > 0 ? [] : [`neither ${nameOf(entry)} nor the feed has one`])),
  ),
  rule('an entry has a content or a page', feed =>
    entriesOf(feed).flatMap(entry =>
      childrenOf(entry, 'content').length > 0 || relationsOf(entry).includes('alternate') ? [] : [`${nameOf(entry)} has neither`],
    ),
  ),
  rule('ids are IRIs', feed =>
    everywhere(feed).flatMap(({ children }) =>
      children.flatMap(({ name, text }) => (name === 'id' && !isIri(text) && text !== '' ? [`"${text}" is none`] : [])),
    ),
  ),
  rule('no id occurs twice', feed => unfitIds(entriesOf(feed).map(entry => textOfChild(entry, 'id')))),
  rule('dates are RFC 3339', feed =>
    everywhere(feed).flatMap(({ name, children }) =>
      children.flatMap(child =>
        (child.name === 'updated' || child.name === 'published') && !isRfc3339(child.text.trim())
          ? [`<${name}/${child.name}> is not an RFC 3339 date: "${child.text}"`]
          : [],
      ),
    ),
  ),
  rule('a feed is as new as its newest entry', feed => {
    const at = (element: ReadElement) => Date.parse(textOfChild(element, 'updated'))
    return entriesOf(feed).flatMap(entry => (at(entry) > at(feed) ? [`${nameOf(entry)} is newer`] : []))
  }),
  rule('links lead to absolute addresses', feed =>
    linksOf(feed).flatMap(({ attributes }) => (isWebAddress(attributes['href'] ?? '') ? [] : [`"${attributes['href'] ?? ''}" is none`])),
  ),
  rule('links say well what they lead to', feed =>
    linksOf(feed).flatMap(({ attributes: { rel = 'alternate', type, hreflang, title } }) => [
      ...(rel.trim() === '' ? ['a link has a blank relation'] : []),
      ...(type === undefined || MEDIA_TYPE.test(type) ? [] : [`"${type}" is no media type`]),
      ...(hreflang === undefined || LANGUAGE.test(hreflang) ? [] : [`"${hreflang}" is no language`]),
      ...(title?.trim() === '' ? ['a link has a blank title'] : []),
    ]),
  ),
  rule('a document links to itself once', feed => {
    const count = relationsOf(feed).filter(rel => rel === 'self').length
    return count === 1 ? [] : [`${count} links to itself`]
  }),
  rule('no two pages are of one type and language', feed =>
    everywhere(feed).flatMap(element => {
      const pages = childrenOf(element, 'link').filter(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate')
      const kinds = pages.map(({ attributes }) => `${attributes['type'] ?? ''} ${attributes['hreflang'] ?? ''}`)
      return new Set(kinds).size === kinds.length ? [] : [`${nameOf(element)} has two`]
    }),
  ),
  rule('texts are text or HTML, and say which', feed =>
    everywhere(feed).flatMap(({ children }) =>
      children.flatMap(child => {
        if (!['title', 'subtitle', 'summary', 'rights', 'content'].includes(child.name)) return []
        const isTyped = ['text', 'html'].includes(child.attributes['type'] ?? 'text')
        return isTyped && child.children.length === 0 ? [] : [`<${child.name}> is of another type, or holds elements`]
      }),
    ),
  ),
  rule('languages are BCP 47 tags', feed =>
    [...everywhere(feed), ...everywhere(feed).flatMap(({ children }) => children)].flatMap(({ attributes }) => {
      const tag = attributes['xml:lang']
      return tag === undefined || LANGUAGE.test(tag) ? [] : [`"${tag}" is none`]
    }),
  ),
  rule('categories have a term, and their scheme is an IRI', feed =>
    everywhere(feed).flatMap(element =>
      childrenOf(element, 'category').flatMap(({ attributes: { term = '', scheme } }) => [
        ...(term.trim() === '' ? [`${nameOf(element)} has one without`] : []),
        ...(scheme === undefined || isIri(scheme) ? [] : [`"${scheme}" is no IRI`]),
      ]),
    ),
  ),
  rule('persons have one name', feed =>
    everywhere(feed)
      .flatMap(element => [...childrenOf(element, 'author'), ...childrenOf(element, 'contributor')])
      .flatMap(person => (textOfChild(person, 'name').trim() === '' ? ['a person has none'] : counted(person, ['name'], 1))),
  ),
  rule('HTML holds nothing active', feed =>
    entriesOf(feed).flatMap(({ children }) =>
      children.flatMap(({ attributes, text }) => (attributes['type'] === 'html' ? activeMarkup(text) : [])),
    ),
  ),
  rule('a complete feed has no other documents (RFC 5005 §2)', feed =>
    childrenOf(feed, 'fh:complete').length === 0
      ? []
      : [...relationsOf(feed).filter(rel => HISTORY_RELATIONS.has(rel)), ...childrenOf(feed, 'fh:archive').map(() => 'fh:archive')],
  ),
  rule('an archive leads to the document that is subscribed to (RFC 5005 §4)', feed => {
    if (childrenOf(feed, 'fh:archive').length === 0) return []
    const hrefs = (rel: string) =>
      childrenOf(feed, 'link').flatMap(({ attributes }) => (attributes['rel'] === rel ? [attributes['href']] : []))
    const [current] = hrefs('current')
    return current !== undefined && !hrefs('self').includes(current) ? [] : ['it does not']
  }),
  rule('what is deleted is not there (RFC 6721)', feed => {
    const ids = new Set(entriesOf(feed).map(entry => textOfChild(entry, 'id')))
    return childrenOf(feed, 'at:deleted-entry').flatMap(({ attributes: { ref = '', when = '' } }) =>
      isIri(ref) && isRfc3339(when) && !ids.has(ref) ? [] : [`"${ref}" is there, is no id, or has no date`],
    )
  }),
]

/** The entries of a feed, in order. */
export function entriesOf(feed: ReadElement): readonly ReadElement[] {
  return childrenOf(feed, 'entry')
}

function rule(name: string, faults: Rule<ReadElement>['faults']): Rule<ReadElement> {
  return { name, faults }
}

function sourcesOf(feed: ReadElement): readonly ReadElement[] {
  return entriesOf(feed).flatMap(entry => childrenOf(entry, 'source'))
}

/** The feed, its entries and their sources. */
function everywhere(feed: ReadElement): readonly ReadElement[] {
  return [feed, ...entriesOf(feed), ...sourcesOf(feed)]
}

function linksOf(feed: ReadElement): readonly ReadElement[] {
  return everywhere(feed).flatMap(element => childrenOf(element, 'link'))
}

function relationsOf(element: ReadElement): readonly string[] {
  return childrenOf(element, 'link').map(({ attributes }) => attributes['rel'] ?? 'alternate')
}

function counted(element: ReadElement, names: readonly string[], wanted: number): readonly string[] {
  return names.flatMap(name => {
    const count = childrenOf(element, name).length
    return count === wanted ? [] : [`<${element.name}> has ${count} <${name}>, one is needed`]
  })
}

function atMostOnce(element: ReadElement, names: readonly string[]): readonly string[] {
  return names.flatMap(name => (childrenOf(element, name).length <= 1 ? [] : [`${nameOf(element)} has several <${name}>`]))
}

function nameOf(element: ReadElement): string {
  return element.name === 'feed' ? 'the feed' : `<${element.name}> "${textOfChild(element, 'id')}"`
}
