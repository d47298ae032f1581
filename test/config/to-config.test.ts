import { describe, expect, it } from 'vitest'
import { type Config, describeProblem } from '../../src/config/config.ts'
import { readPairs } from '../../src/config/pairs.ts'
import { toConfig } from '../../src/config/to-config.ts'
import { validate } from '../../src/config/validate.ts'
import { readYaml } from '../../src/config/yaml-file.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/time.ts'

function converted(
  yaml: string,
  variables: Readonly<Record<string, string>> = {},
  pairs = '',
  dictionary: Config['matching']['dictionary'] = null,
) {
  const file = readYaml('config/sources.yaml', yaml)
  const checked = validate([file])
  if (checked.kind === 'invalid') throw new Error(checked.problems.map(describeProblem).join('\n'))
  const around = {
    folder: '/srv/config',
    files: [file],
    pairs: readPairs('pairs.csv', pairs).pairs,
    glossary: [],
    dictionary,
    secret: (name: string) => variables[name],
  }
  return toConfig(checked.raw, around)
}

const OUTLET = 'id: a, name: A, hosts: [a.example]'

describe('toConfig', () => {
  it('gives times in milliseconds, sizes in bytes and paths absolute', () => {
    const { config } = converted(`
polling: { timeout: 20s, max_size: 2MB }
matching: { window: 30d }
store: { file: ../data/state.db }
publish: { folder: /var/www }
posts: [{ id: notes, folder: ../notes, url_template: "https://a.example/{path}", poll_every: 5m }]
`)
    expect(config).toMatchObject({
      folder: '/srv/config',
      polling: { timeoutMs: 20 * SECOND, maxBytes: 2_000_000 },
      matching: { windowMs: 30 * DAY },
      storeFile: '/srv/data/state.db',
      publish: { folder: '/var/www' },
      postSources: [{ kind: 'post-folder', folder: '/srv/notes', pollEveryMs: 5 * MINUTE, urlTemplate: 'https://a.example/{path}' }],
    })
  })

  it('names each hub once', () => {
    const { config } = converted('websub: { hubs: ["https://HUB.example", "https://hub.example/"], hub: true, max_per_host: 5 }\n')
    expect(config.websub).toEqual({ hubs: ['https://hub.example/'], isHub: true, maxSubscriptions: 1_000, maxPerHost: 5, allowHosts: [] })
  })

  it("gives a source the general interval and its outlet's id, where it names none", () => {
    const { config } = converted(`
polling: { poll_every: 2h }
outlets: [{ ${OUTLET}, sources: [{ url: https://a.example/1 }, { url: https://a.example/2 }, { id: x, url: https://a.example/3, poll_every: 1d }] }]
`)
    expect(config.outletSources.map(({ id, pollEveryMs }) => [id, pollEveryMs])).toEqual([
      ['a', 2 * HOUR],
      ['a-2', 2 * HOUR],
      ['x', DAY],
    ])
  })

  it('ends the address of the site in a slash and makes the permanent id of its host', () => {
    expect(converted('site: { url: "https://feeds.example/k" }').config).toMatchObject({
      site: { url: 'https://feeds.example/k/', id: 'tag:feeds.example,2026:kakehashi' },
      polling: { contact: 'https://feeds.example/k' },
    })
    expect(converted('site: { id: "tag:old.example,2025:x" }').config.site.id).toBe('tag:old.example,2025:x')
  })

  it('gives hosts in the form in which they are compared', () => {
    const { config } = converted(
      'outlets: [{ id: a, name: A, hosts: [WWW.A.example, m.a.example/Mag/], moved_hosts: [{ from: www.old.example/, to: a.example }] }]',
    )
    expect(config.outlets[0]).toMatchObject({
      hosts: ['a.example', 'a.example/Mag'],
      movedHosts: [{ from: 'old.example', to: 'a.example' }],
    })
  })

  it('gives labels in the form posts have them: one space, Unicode NFC', () => {
    const label = `${'が'.normalize('NFD')}  "x"`
    const { config } = converted(
      JSON.stringify({
        publish: { hide_labels: [label] },
        posts: [{ id: 'b', feed: 'https://b.example/', labels: [label] }],
        feeds: [{ label, slug: 'が'.normalize('NFD'), any: [label], all: [label], none: [`${label}!`] }],
      }),
    )
    const plain = 'が "x"'
    expect(config.publish.hideLabels).toEqual([plain])
    expect(config.postSources[0]?.onlyLabels).toEqual([plain])
    const criterion = { kind: 'label', label: plain }
    const others = { any: [criterion], all: [criterion], none: [{ kind: 'label', label: `${plain}!` }] }
    expect(config.feeds[0]).toMatchObject({ label: plain, slug: 'が', ...others })
  })

  it('gives the conditions of a feed by their kind', () => {
    const { config } = converted(
      `outlets: [{ ${OUTLET} }]\nfeeds: [{ slug: x, any: [a, { label: b }], all: [{ outlet: a }, { author: Jane Doe }], none: [{ match: none }, { keyword: 書評 }] }]`,
    )
    expect(config.feeds[0]).toMatchObject({
      any: [
        { kind: 'label', label: 'a' },
        { kind: 'label', label: 'b' },
      ],
      all: [
        { kind: 'outlet', outlet: 'a' },
        { kind: 'author', name: 'Jane Doe' },
      ],
      none: [
        { kind: 'match', state: 'none' },
        { kind: 'keyword', text: '書評' },
      ],
    })
  })

  it('publishes all translations and those of each outlet unless it is told otherwise, and what is not translated if it is told', () => {
    expect(converted('').config.publish.feeds).toEqual({ all: true, outlets: true, untranslated: false })
    const { feeds } = converted('publish: { feeds: { all: false, untranslated: true } }').config.publish
    expect(feeds).toEqual({ all: false, outlets: true, untranslated: true })
  })

  it('gives a feed its texts whole unless it is told otherwise', () => {
    const { config } = converted('feeds: [{ slug: x, include: all }, { slug: y, include: all, content: excerpt, excerpt: 80 }]')
    expect(config.feeds.map(({ content, excerptCharacters }) => [content, excerptCharacters])).toEqual([
      ['full', 200],
      ['excerpt', 80],
    ])
  })

  it('gives a feed the general limit where it names none', () => {
    const { config } = converted('publish: { limit: 7 }\nfeeds: [{ slug: x, include: all }, { slug: y, include: all, limit: 9 }]')
    expect(config.feeds.map(({ limit }) => limit)).toEqual([7, 9])
  })

  describe('with secrets', () => {
    const yaml = `outlets:\n  - { ${OUTLET}, sources: [{ url: "https://a.example/feed?key=\${A_KEY}" }] }\nposts:\n  - { id: b, feed: "https://\${B_HOST}/feed" }\n`

    it('fills the addresses of feeds from the environment', () => {
      const { config, problems } = converted(yaml, { A_KEY: 'k', B_HOST: 'b.example:8443' })
      expect(problems).toEqual([])
      expect([config.outletSources[0]?.feedUrl, config.postSources[0]]).toMatchObject([
        'https://a.example/feed?key=k',
        { feedUrl: 'https://b.example:8443/feed' },
      ])
    })

    it('names each variable that is not set, with its place', () => {
      expect(converted(yaml).problems.map(describeProblem)).toEqual([
        'config/sources.yaml:2:60: outlets[0].sources[0].url: expected the environment variable A_KEY to be set, it is not',
        'config/sources.yaml:4:20: posts[0].feed: expected the environment variable B_HOST to be set, it is not',
      ])
    })

    it('does not take what a secret spoils, and does not show it', () => {
      expect(converted(yaml, { A_KEY: 'k', B_HOST: 'se cret' }).problems.map(describeProblem)).toEqual([
        'config/sources.yaml:4:20: posts[0].feed: expected an address once its variables are filled in, it is not',
      ])
    })
  })

  describe('judgementDigest', () => {
    const base = `outlets: [{ ${OUTLET} }]\nposts: [{ id: b, feed: https://b.example/ }]\n`
    const digest = (yaml: string, pairs?: string) => converted(yaml, {}, pairs).config.judgementDigest

    const same: readonly [name: string, yaml: string][] = [
      ['a comment', `# x\n${base}`],
      ['an interval', base.replace('b.example/', 'b.example/, poll_every: 5m')],
      ['a published feed', `${base}feeds: [{ slug: x }]\n`],
      ["an outlet's feed", base.replace('[a.example]', '[a.example], sources: [{ url: https://a.example/ }]')],
    ]
    for (const [name, yaml] of same) it(`does not change with ${name}`, () => expect(digest(yaml)).toBe(digest(base)))

    const others: readonly [name: string, yaml: string, pairs?: string][] = [
      ['an alias', base.replace('[a.example]', '[a.example], aliases: [エー]')],
      ['a host', base.replace('[a.example]', '[a.example, b.example]')],
      ['the window', `${base}matching: { window: 61d }\n`],
      ['a pair', base, 'https://b.example/1,none\n'],
    ]
    for (const [name, yaml, pairs] of others) it(`changes with ${name}`, () => expect(digest(yaml, pairs)).not.toBe(digest(base)))

    it('changes with a dictionary, wherever that lies', () => {
      const withDictionary = (file: string, bytes: number) => converted(base, {}, '', { file, bytes }).config.judgementDigest
      expect(withDictionary('/a/edict', 10)).toBe(withDictionary('/b/edict', 10))
      expect(new Set([digest(base), withDictionary('/a/edict', 10), withDictionary('/a/edict', 11)]).size).toBe(3)
    })
  })
})
