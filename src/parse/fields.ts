// Names are canonical: the vocabulary's short name, a dot, the element's local name in lower case. `f` is the
// vocabulary the feed itself is written in, whatever its prefix.

/** What is read of a feed or channel. */
export const FEED_FIELDS: readonly string[] = [
  ...[
    ...[
      'title',
      'subtitle',
      'tagline',
      'description',
      'info',
      'abstract',
      'id',
      'link',
      'author',
      'contributor',
      'category',
      'rights',
      'copyright',
    ],
    ...[
      'updated',
      'modified',
      'published',
      'pubdate',
      'lastbuilddate',
      'generator',
      'icon',
      'logo',
      'image',
      'language',
      'ttl',
      'managingeditor',
      'skiphours',
      'skipdays',
    ],
  ].map(name => `f.${name}`),
  ...['link', 'id', 'author', 'contributor', 'updated', 'subtitle', 'icon', 'logo', 'rights'].map(name => `atom.${name}`),
  ...['title', 'creator', 'author', 'contributor', 'date', 'subject', 'description', 'language', 'rights'].map(name => `dc.${name}`),
  ...['created', 'issued', 'modified'].map(name => `dcterms.${name}`),
  ...['author', 'subtitle', 'summary', 'keywords', 'category', 'image'].map(name => `itunes.${name}`),
  ...['totalresults', 'startindex', 'itemsperpage'].map(name => `opensearch.${name}`),
  'media.category',
  'sy.updateperiod',
  'sy.updatefrequency',
]

/** What is read of an entry or item. */
export const ENTRY_FIELDS: readonly string[] = [
  ...[
    ...[
      'title',
      'id',
      'guid',
      'link',
      'author',
      'contributor',
      'category',
      'tags',
      'content',
      'summary',
      'description',
      'abstract',
      'body',
      'fullitem',
    ],
    ...[
      'rights',
      'copyright',
      'published',
      'issued',
      'created',
      'updated',
      'modified',
      'pubdate',
      'lastmod',
      'enclosure',
      'source',
      'language',
    ],
  ].map(name => `f.${name}`),
  ...['title', 'id', 'link', 'author', 'contributor', 'category', 'content', 'summary', 'published', 'updated', 'rights'].map(
    name => `atom.${name}`,
  ),
  ...['title', 'creator', 'author', 'contributor', 'date', 'subject', 'description', 'language', 'rights'].map(name => `dc.${name}`),
  ...['created', 'issued', 'modified'].map(name => `dcterms.${name}`),
  ...['author', 'subtitle', 'summary', 'keywords'].map(name => `itunes.${name}`),
  ...['title', 'description', 'category'].map(name => `media.${name}`),
  'content.encoded',
  'xhtml.body',
  'feedburner.origlink',
]

const NESTED_FIELDS = ['f.name', 'f.email', 'f.uri', 'f.url', 'f.homepage', 'f.hour', 'f.day', 'atom.name', 'atom.email', 'atom.uri']

/** The elements that are kept; any other is read as `IGNORED`. */
export const KNOWN_FIELDS: ReadonlySet<string> = new Set([...FEED_FIELDS, ...ENTRY_FIELDS, ...NESTED_FIELDS])

/** Where every other element ends up. */
export const IGNORED = 'x'

/** The elements whose content is text or markup meant for readers, and so may hold inline elements in an order that counts. */
export const TEXT_FIELDS: ReadonlySet<string> = new Set([
  ...[
    'title',
    'subtitle',
    'tagline',
    'description',
    'info',
    'abstract',
    'rights',
    'copyright',
    'content',
    'summary',
    'body',
    'fullitem',
  ].map(name => `f.${name}`),
  ...['title', 'subtitle', 'content', 'summary', 'rights'].map(name => `atom.${name}`),
  ...['title', 'description', 'rights'].map(name => `dc.${name}`),
  ...['summary', 'subtitle'].map(name => `itunes.${name}`),
  ...['title', 'description'].map(name => `media.${name}`),
  'content.encoded',
  'xhtml.body',
])
