import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/config/config.ts'
import { validate } from '../../src/config/validate.ts'
import { readYaml } from '../../src/config/yaml-file.ts'

function mistakesIn(sources: string, service = ''): readonly string[] {
  const result = validate([readYaml('config/kakehashi.yaml', service), readYaml('config/sources.yaml', sources)])
  return result.kind === 'valid' ? [] : result.problems.map(describeProblem)
}

const OUTLET = 'outlets:\n  - id: tni\n    name: TNI\n    hosts: [a.example]\n'

describe('validate', () => {
  it('fills in every default', () => {
    const result = validate([readYaml('config/kakehashi.yaml', ''), readYaml('config/sources.yaml', OUTLET)])
    expect(result).toMatchObject({
      kind: 'valid',
      raw: {
        site: { title: '架け橋', language: 'ja', time_zone: 'Asia/Tokyo' },
        server: { host: '127.0.0.1', port: 8080 },
        polling: {
          tick: '* * * * *',
          poll_every: '1h',
          timeout: '30s',
          max_size: '10MB',
          concurrency: 32,
          per_host: 2,
          allow_hosts: [],
          websub: true,
        },
        websub: { hubs: [], hub: false, max_subscriptions: 1_000, max_per_host: 200, allow_hosts: [] },
        outlets: [{ aliases: [], language: 'en', republish: 'excerpt', sources: [], moved_hosts: [] }],
        posts: [],
        feeds: [],
      },
    })
  })

  const mistakes: readonly [name: string, sources: string, described: string][] = [
    [
      'an unknown key, with the likely one',
      'site:\n  titel: x\n',
      'config/sources.yaml:2:3: site.titel: unknown key; did you mean "title"?',
    ],
    [
      'an unknown key that resembles none, with all there are',
      'server:\n  colour: x\n',
      'config/sources.yaml:2:3: server.colour: unknown key; expected one of host, port, trusted_proxies, tls, operator',
    ],
    ['an unknown key at the top', 'outlet: []\n', 'config/sources.yaml:1:1: outlet: unknown key; did you mean "outlets"?'],
    [
      'an unknown key deep in a list',
      `${OUTLET}    sources:\n      - url: https://a.example/feed\n        pollEvery: 5m\n`,
      'config/sources.yaml:7:9: outlets[0].sources[0].pollEvery: unknown key; did you mean "poll_every"?',
    ],
    [
      'a bad duration',
      'polling: { timeout: 30sec }\n',
      'config/sources.yaml:1:21: polling.timeout: expected a duration from "1s" to "1h", got "30sec"',
    ],
    [
      'a wait of nothing',
      'polling: { poll_every: 0s }\n',
      'config/sources.yaml:1:24: polling.poll_every: expected a duration such as "15m", "6h" or "2d", got "0s"',
    ],
    [
      'a time-out no timer can hold',
      'polling: { timeout: 30d }\n',
      'config/sources.yaml:1:21: polling.timeout: expected a duration from "1s" to "1h", got "30d"',
    ],
    ['a bad size', 'polling: { max_size: 10 }\n', 'config/sources.yaml:1:22: polling.max_size: expected a size such as "10MB", got 10'],
    [
      'a number out of range',
      'server: { port: 80800 }\n',
      'config/sources.yaml:1:17: server.port: expected a whole number from 0 to 65535, got 80800',
    ],
    [
      'a text for a number',
      'server: { port: "80" }\n',
      'config/sources.yaml:1:17: server.port: expected a whole number from 0 to 65535, got "80"',
    ],
    ['a number for a text', `${OUTLET}    aliases: [1945]\n`, 'config/sources.yaml:5:15: outlets[0].aliases[0]: expected a name, got 1945'],
    [
      'a choice there is not',
      'log: { level: loud }\n',
      'config/sources.yaml:1:15: log.level: expected one of "debug", "info", "warn", "error", "silent", got "loud"',
    ],
    ['a list for a group', 'site: [x]\n', 'config/sources.yaml:1:7: site: expected a group of keys, got a list'],
    ['a group for a list', 'outlets: { tni: {} }\n', 'config/sources.yaml:1:10: outlets: expected a list of outlets, got a group of keys'],
    ['a text for a list', 'feeds: x\n', 'config/sources.yaml:1:8: feeds: expected a list of feeds, got "x"'],
    ['a text among groups', 'feeds: [x]\n', 'config/sources.yaml:1:9: feeds[0]: expected a group of keys, got "x"'],
    ['a key without its value', 'site:\n  title:\n', 'config/sources.yaml:2:9: site.title: expected a title, got an empty value'],
    [
      'an empty list',
      'outlets: [{ id: a, name: A, hosts: [] }]\n',
      'config/sources.yaml:1:36: outlets[0].hosts: expected at least one host, got an empty list',
    ],
    [
      'a key that is missing',
      'outlets:\n  - id: a\n    hosts: [a.example]\n',
      'config/sources.yaml:2:5: outlets[0].name: expected a name, got nothing',
    ],
    [
      'an empty text once, whatever rules it breaks',
      'site: { id: "" }\n',
      'config/sources.yaml:1:13: site.id: expected an IRI such as "tag:example.org,2026:kakehashi", got ""',
    ],
    ['a blank text', 'site: { title: "  " }\n', 'config/sources.yaml:1:16: site.title: expected a title, got "  "'],
    [
      'an address of another scheme',
      'site: { url: "ftp://a" }\n',
      'config/sources.yaml:1:14: site.url: expected an address that begins with http:// or https://, got "ftp://a"',
    ],
    [
      'an address that is none',
      'site: { url: "http://a b/" }\n',
      'config/sources.yaml:1:14: site.url: expected an address that begins with http:// or https://, got "http://a b/"',
    ],
    [
      'a hub whose address is not for everybody',
      'websub: { hubs: ["https://me:secret@hub.example/"] }\n',
      'config/sources.yaml:1:18: websub.hubs[0]: expected an address that begins with http:// or https://, without variables and password, as it is published, got "https://me:secret@hub.example/"',
    ],
    [
      'an unknown time zone',
      'site: { time_zone: Tokyo }\n',
      'config/sources.yaml:1:20: site.time_zone: expected an IANA time zone such as "Asia/Tokyo", got "Tokyo"',
    ],
    [
      'a language that is no tag',
      `${OUTLET}    language: in English\n`,
      'config/sources.yaml:5:15: outlets[0].language: expected a language tag such as "en", got "in English"',
    ],
    [
      'a host with a scheme',
      'outlets: [{ id: a, name: A, hosts: ["https://a.example"] }]\n',
      'config/sources.yaml:1:37: outlets[0].hosts[0]: expected a host such as "example.org", optionally with a path, without "https://", got "https://a.example"',
    ],
    [
      'a slug with a slash',
      'feeds: [{ slug: a/b }]\n',
      'config/sources.yaml:1:17: feeds[0].slug: expected letters, digits, hyphens, underscores and dots, without a slash, got "a/b"',
    ],
    [
      'a condition that is none',
      'feeds: [{ slug: a, any: [{ lable: x }] }]\n',
      'config/sources.yaml:1:26: feeds[0].any[0]: expected a label, or one of `label: …`, `outlet: <id>`, `author: …`, `match: accepted`, `match: proposed`, `match: none` and `keyword: …`, got a group of keys',
    ],
    [
      'a template without a place for the path',
      'posts: [{ id: a, folder: b, url_template: "https://a/" }]\n',
      'config/sources.yaml:1:43: posts[0].url_template: expected an address with {path}, got "https://a/"',
    ],
    [
      '`__proto__` as the unknown key it is',
      '__proto__: { a: 1 }\n',
      'config/sources.yaml:1:1: __proto__: unknown key; expected one of site, server, store, publish, polling, websub, matching, log, outlets, posts, feeds',
    ],
  ]
  for (const [name, sources, described] of mistakes) it(`reports ${name}`, () => expect(mistakesIn(sources)).toEqual([described]))

  it('cuts a long value short', () => {
    expect(mistakesIn(`log: { level: ${'x'.repeat(5000)} }\n`)[0]?.length).toBeLessThan(220)
  })

  it('reports mistakes of both files together, each with its own file', () => {
    expect(mistakesIn('feeds: 1\nlog: 2\n', 'site: 3\nserver: { prt: 4 }\n')).toEqual([
      'config/kakehashi.yaml:1:7: site: expected a group of keys, got 3',
      'config/kakehashi.yaml:2:11: server.prt: unknown key; did you mean "port"?',
      'config/sources.yaml:2:6: log: expected a group of keys, got 2',
      'config/sources.yaml:1:8: feeds: expected a list of feeds, got 1',
    ])
  })

  it('reports a top-level key that both files have, and places its mistakes where the value counts', () => {
    expect(mistakesIn('\nlog: { level: loud }\n', 'log: { level: info }\n')).toEqual([
      'config/sources.yaml:2:1: log: expected once, got it here and in config/kakehashi.yaml',
      'config/sources.yaml:2:15: log.level: expected one of "debug", "info", "warn", "error", "silent", got "loud"',
    ])
  })

  it('reports a file that is no YAML beside the mistakes of the other', () => {
    expect(mistakesIn('feeds: 1\n', 'site: {\n')).toMatchObject([
      expect.stringMatching(/^config\/kakehashi\.yaml:2:1: YAML: /),
      'config/sources.yaml:1:8: feeds: expected a list of feeds, got 1',
    ])
  })
})
