import { z } from 'zod'
import { HOUR } from '../domain/time.ts'
import { LOG_LEVELS } from './config.ts'
import { parseDuration } from './duration.ts'
import { feed } from './feed-schema.ts'
import { server } from './server-schema.ts'
import {
  address,
  choice,
  count,
  duration,
  group,
  hostName,
  identifier,
  labels,
  languageTag,
  privateHosts,
  publicAddress,
  size,
  text,
  yesOrNo,
} from './value-schemas.ts'

const author = group({
  name: text('a name').meta({ description: 'Name of the author of the feeds.' }),
  uri: address().optional().meta({ description: 'Page about the author.' }),
  email: text('an e-mail address').optional().meta({ description: 'Published in the feeds; leave out to keep it private.' }),
})

const site = group({
  title: text('a title').prefault('架け橋').meta({ description: 'Title of the site, at the head of every page.' }),
  subtitle: text('a sentence').optional().meta({ description: 'A sentence under the title.' }),
  url: address()
    .prefault('http://localhost:8080/')
    .meta({ description: 'Address the site is served under; self links and pages are made from it.' }),
  id: text('an IRI such as "tag:example.org,2026:kakehashi"')
    .regex(/^[a-z][a-z0-9+.-]*:\S+$/i, { error: 'an IRI such as "tag:example.org,2026:kakehashi"' })
    .optional()
    .meta({
      description:
        'Permanent IRI feed ids are made from. Default: a tag: IRI made of the host in `url`. Set it before moving hosts, or every feed becomes a new one to its subscribers.',
    }),
  language: choice(['ja', 'en']).prefault('ja').meta({ description: 'Language of `/`; the other one lives under its own prefix.' }),
  author: author.prefault({ name: '架け橋' }).meta({ description: 'Author of the feeds (RFC 4287 §4.2.1).' }),
  rights: text('a sentence').optional().meta({ description: 'Rights line of the feeds (RFC 4287 §4.2.10).' }),
  time_zone: text('an IANA time zone such as "Asia/Tokyo"')
    .refine(isTimeZone, { error: 'an IANA time zone such as "Asia/Tokyo"' })
    .prefault('Asia/Tokyo')
    .meta({ description: 'Time zone of the dates on the pages.' }),
})

const store = group({
  file: text('a path').prefault('../.kakehashi/state.db').meta({ description: 'SQLite file that holds all state.' }),
})

const automaticFeeds = group({
  all: yesOrNo().prefault(true).meta({ description: 'One feed of all translations, `all`.' }),
  outlets: yesOrNo().prefault(true).meta({ description: 'A feed of each outlet that has translations, `outlet-<id>`.' }),
  untranslated: yesOrNo()
    .prefault(false)
    .meta({ description: "A feed of the outlets' articles that nobody has translated, `untranslated`." }),
})

const publish = group({
  folder: text('a path').prefault('../.kakehashi/public').meta({ description: 'Folder the feeds and pages are written to.' }),
  limit: count(1, 1000).prefault(50).meta({ description: 'Most entries in a feed that names no limit of its own.' }),
  hide_labels: labels().prefault([]).meta({ description: 'Labels that get no feed of their own.' }),
  archive_size: count(1, 1000).prefault(50).meta({ description: 'Most posts in an archive of a feed; of a shorter feed, its limit.' }),
  feeds: automaticFeeds.prefault({}).meta({ description: "Feeds that there are by themselves besides the labels'." }),
})

const polling = group({
  tick: text('a cron expression such as "* * * * *"')
    .prefault('* * * * *')
    .meta({ description: 'How often due sources are looked for: a cron expression of five or six fields.' }),
  poll_every: duration().prefault('1h').meta({ description: 'Time between polls of a source that names none of its own.' }),
  // A timer of more than 24 days fires at once, and a poll of more than an hour helps nobody.
  timeout: duration('a duration from "1s" to "1h"')
    .refine(value => (parseDuration(value) ?? 0) <= HOUR, { error: 'a duration from "1s" to "1h"' })
    .prefault('30s')
    .meta({ description: 'Most time one fetch may take, redirects included; at most an hour.' }),
  max_size: size().prefault('10MB').meta({ description: 'Largest document taken, counted before and after decompression.' }),
  concurrency: count(1, 256).prefault(32).meta({ description: 'Most requests under way at once.' }),
  per_host: count(1, 16).prefault(2).meta({ description: 'Most requests under way at once to one host.' }),
  contact: text('an address or e-mail address')
    .optional()
    .meta({ description: 'Address or e-mail the User-Agent names, so that publishers can reach you. Default: `site.url`.' }),
  allow_hosts: privateHosts().meta({ description: 'Hosts that may resolve to private addresses; every other one is refused there.' }),
  websub: yesOrNo().prefault(true).meta({
    description: 'Whether `kakehashi run` subscribes to the hubs that feeds name (WebSub), where `site.url` can be reached from outside.',
  }),
})

const websub = group({
  hubs: z
    .array(publicAddress(), { error: 'a list of addresses' })
    .prefault([])
    .meta({ description: 'Hubs that are told whenever a feed has changed; the feeds name them.' }),
  hub: yesOrNo().prefault(false).meta({ description: 'Whether `kakehashi run` is a hub of its own feeds, at `hub` below `site.url`.' }),
  max_subscriptions: count(1, 10_000).prefault(1_000).meta({ description: 'Most subscriptions its own hub takes.' }),
  max_per_host: count(1, 10_000).prefault(200).meta({ description: 'Most subscriptions its own hub takes from one host.' }),
  allow_hosts: privateHosts().meta({
    description: 'Hosts of subscribers to its own hub that may resolve to private addresses; every other one is refused there.',
  }),
})

const matching = group({
  window: duration('a duration such as "60d"')
    .prefault('60d')
    .meta({ description: 'How long after an article its translation may appear for matches without a cited address.' }),
  accept_above: z
    .number({ error: 'a number from 0 to 1' })
    .min(0, { error: 'a number from 0 to 1' })
    .max(1, { error: 'a number from 0 to 1' })
    .prefault(0.97)
    .meta({
      description:
        'Probability in [0, 1] from which what both texts say is enough to accept a match. At 0.97 about one in fifty is wrong; 1 accepts none.',
    }),
  propose_above: z
    .number({ error: 'a number from 0 to 1' })
    .min(0, { error: 'a number from 0 to 1' })
    .max(1, { error: 'a number from 0 to 1' })
    .prefault(0.5)
    .meta({ description: 'Probability in [0, 1] from which a match that nothing but the texts supports is proposed.' }),
  dictionary: text('a path, "auto" or "none"').prefault('auto').meta({
    description:
      "File of EDICT or JMdict, plain or packed by gzip, for words that the program's own lexicon lacks. `auto` takes what Debian's package `edict` installs, where it is installed; `none` takes none.",
  }),
})

const log = group({
  level: choice(LOG_LEVELS).prefault('info').meta({ description: 'Least severe log line written.' }),
})

const outletSource = group({
  id: identifier()
    .optional()
    .meta({ description: "Name in `status` and logs. Default: the outlet's id, with -2, -3 … from the second on." }),
  url: address().meta({ description: 'Address of the feed; `${NAME}` in it is filled from the environment.' }),
  poll_every: duration().optional().meta({ description: 'Time between polls. Default: `polling.poll_every`.' }),
})

const movedHost = group({
  from: hostName().meta({ description: 'Old host, optionally with a path.' }),
  to: hostName().meta({ description: 'Host, optionally with a path, that replaced it.' }),
})

const outlet = group({
  id: identifier().meta({ description: 'Short name, used under `feeds` and on the command line.' }),
  name: text('a name').meta({ description: 'Name as the outlet writes it.' }),
  homepage: address().optional().meta({ description: 'Front page.' }),
  hosts: z
    .array(hostName(), { error: 'a list of hosts' })
    .min(1, { error: 'at least one host' })
    .meta({ description: 'Hosts its articles live on, without `www.`; subdomains count.' }),
  moved_hosts: z
    .array(movedHost, { error: 'a list of moves' })
    .prefault([])
    .meta({ description: 'Host moves: addresses under `from` are the articles under `to`.' }),
  aliases: z.array(text('a name'), { error: 'a list of names' }).prefault([]).meta({
    description: 'Other names posts cite it by. Case, width, spaces, punctuation and a leading "The" do not count.',
  }),
  language: languageTag('a language tag such as "en"').prefault('en').meta({ description: 'Language of its articles (BCP 47).' }),
  republish: choice(['link', 'excerpt', 'full'])
    .prefault('excerpt')
    .meta({ description: "How much of the outlet's own text feeds may carry." }),
  rights: text('a sentence').optional().meta({ description: "Rights line of the outlet's entries." }),
  sources: z
    .array(outletSource, { error: 'a list of feeds' })
    .prefault([])
    .meta({ description: 'Feeds that are polled; an outlet may have none.' }),
})

const keys = (names: readonly string[], what: string) =>
  z
    .array(text('a front-matter key'), { error: 'a list of front-matter keys' })
    .prefault([...names])
    .meta({ description: `Keys that hold ${what}; the first found wins, \`a.b\` is nested.` })

const frontMatter = group({
  id: keys(['id', 'guid'], 'a permanent id'),
  title: keys(['title'], 'the title'),
  url: keys(['url', 'permalink', 'blogger_orig_url'], 'the address of the post'),
  published: keys(['date', 'published', 'translated_date'], 'the date of publication'),
  updated: keys(['updated', 'lastmod', 'modified'], 'the date of the last change'),
  labels: keys(['labels', 'tags', 'categories'], 'the labels'),
  author: keys(['translator', 'author'], 'the translator'),
  draft: keys(['draft'], 'whether it is a draft'),
  original_url: keys(
    ['original_url', 'source_url', 'original.link', 'original.url', 'canonical_url', 'canonicalUrl', 'translated_from', '原文URL', '原文'],
    'the address of the original',
  ),
  original_title: keys(['original_title', 'original.title', '原題'], 'the title of the original'),
  outlet: keys(['outlet', 'original.site', 'source', '媒体'], 'the outlet'),
  comment: keys(['comment', 'コメント'], "the translator's comment"),
})

const post = group({
  id: identifier().meta({ description: 'Name in `status` and logs.' }),
  feed: address()
    .optional()
    .meta({ description: "Address of the blog's feed; `${NAME}` in it is filled from the environment. Either this or `folder`." }),
  folder: text('a path').optional().meta({ description: 'Folder of Markdown and HTML files with front matter. Either this or `feed`.' }),
  url_template: text('an address with {path}')
    .regex(/\{path\}/, { error: 'an address with {path}' })
    .optional()
    .meta({ description: 'Address of a file that names none: `{path}` is its path without extension. Needed with `folder`.' }),
  front_matter: frontMatter.prefault({}).meta({ description: 'Which front-matter keys hold what.' }),
  title: text('a title').optional().meta({ description: 'Title of the blog. Default: what its feed says.' }),
  translator: text('a name').optional().meta({ description: 'Author of posts that name none.' }),
  language: languageTag('a language tag such as "ja"').prefault('ja').meta({ description: 'Language of the posts (BCP 47).' }),
  labels: labels().prefault([]).meta({ description: 'Take only posts with one of these labels; empty takes every post.' }),
  poll_every: duration().optional().meta({ description: 'Time between polls. Default: `polling.poll_every`.' }),
})

/** Every key of the config. The two files share one set of keys; each top-level key stands in one of them. */
export const configSchema = group({
  site: site.prefault({}).meta({ description: 'The publication as a whole.' }),
  server: server.prefault({}).meta({ description: 'The HTTP server.' }),
  store: store.prefault({}).meta({ description: 'Where state is kept. Paths are relative to the config folder.' }),
  publish: publish.prefault({}).meta({ description: 'What is written, and where.' }),
  polling: polling.prefault({}).meta({ description: 'How sources are polled.' }),
  websub: websub.prefault({}).meta({ description: 'How subscribers to the feeds learn of news at once (WebSub).' }),
  matching: matching.prefault({}).meta({ description: 'How posts find their originals.' }),
  log: log.prefault({}).meta({ description: 'The log.' }),
  outlets: z.array(outlet, { error: 'a list of outlets' }).prefault([]).meta({ description: 'Publishers whose articles are translated.' }),
  posts: z.array(post, { error: 'a list of post sources' }).prefault([]).meta({ description: 'Where the translated posts come from.' }),
  feeds: z
    .array(feed, { error: 'a list of feeds' })
    .prefault([])
    .meta({ description: 'Feeds besides, or in place of, the automatic ones.' }),
}).meta({ title: 'Kakehashi configuration' })

/** The config as its files hold it, defaults filled in. */
export type RawConfig = z.output<typeof configSchema>

/** The JSON Schema (2020-12) of a config file, for editors; every key optional at the top. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' })
  return `${JSON.stringify({ $comment: 'Generated by npm run schema from src/config/schema.ts.', ...schema }, null, 2)}\n`
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
