// Names are canonical: the vocabulary's short name, a dot, the element's local name in lower case. `f` is the
// vocabulary the feed itself is written in, whatever its prefix. One list serves feeds and entries of every syntax:
// publishers borrow each other's words, and what is read of which element is decided where it is read.

const OWN = [
  ...['title', 'subtitle', 'tagline', 'description', 'info', 'abstract', 'summary', 'content', 'body', 'fullitem'],
  ...['id', 'guid', 'link', 'enclosure', 'comments', 'source', 'icon', 'logo', 'image'],
  ...['author', 'managingeditor', 'contributor', 'name', 'email', 'uri', 'url', 'homepage'],
  ...['category', 'keywords', 'tags', 'rights', 'copyright', 'generator', 'language'],
  ...['published', 'pubdate', 'issued', 'created', 'updated', 'modified', 'lastbuilddate', 'lastmod'],
  ...['ttl', 'skiphours', 'hour', 'skipdays', 'day'],
]
const ATOM = [
  ...['title', 'subtitle', 'summary', 'content', 'rights', 'id', 'link', 'icon', 'logo', 'generator', 'category'],
  ...['author', 'contributor', 'name', 'email', 'uri', 'published', 'updated'],
]
const BORROWED: Readonly<Record<string, readonly string[]>> = {
  f: OWN,
  atom: ATOM,
  dc: ['title', 'creator', 'author', 'contributor', 'date', 'subject', 'description', 'language', 'rights'],
  dcterms: ['created', 'issued', 'modified'],
  itunes: ['author', 'subtitle', 'summary', 'keywords', 'category', 'image'],
  media: ['title', 'description', 'category', 'keywords'],
  opensearch: ['totalresults', 'startindex', 'itemsperpage'],
  sy: ['updateperiod', 'updatefrequency'],
  content: ['encoded'],
  xhtml: ['body'],
  feedburner: ['origlink'],
  admin: ['generatoragent'],
  cc: ['license'],
  creativecommons: ['license'],
}

/** The elements that are kept; any other is read as `IGNORED`. */
export const KNOWN_FIELDS: ReadonlySet<string> = namesOf(BORROWED)

/** Where every other element ends up. */
export const IGNORED = 'x'

/** What an element is called whose children count as its parent's. */
export const TRANSPARENT = ''

/** Media RSS 1.5: what stands in a group, or with one of its files, is said of the entry. */
export const TRANSPARENT_FIELDS: ReadonlySet<string> = new Set(['media.group', 'media.content'])

/** The elements whose content is text or markup meant for readers, and so may hold inline elements in an order that counts. */
export const TEXT_FIELDS: ReadonlySet<string> = namesOf({
  f: [
    ...['title', 'subtitle', 'tagline', 'description', 'info', 'abstract', 'rights', 'copyright'],
    ...['content', 'summary', 'body', 'fullitem'],
  ],
  atom: ['title', 'subtitle', 'content', 'summary', 'rights'],
  dc: ['title', 'description', 'rights'],
  itunes: ['summary', 'subtitle'],
  media: ['title', 'description'],
  content: ['encoded'],
  xhtml: ['body'],
})

function namesOf(byVocabulary: Readonly<Record<string, readonly string[]>>): ReadonlySet<string> {
  return new Set(Object.entries(byVocabulary).flatMap(([vocabulary, locals]) => locals.map(local => `${vocabulary}.${local}`)))
}
