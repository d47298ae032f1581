import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/config/config.ts'
import { crossCheck } from '../../src/config/cross-checks.ts'
import { looseConfig } from '../../src/config/loose-config.ts'
import { validate } from '../../src/config/validate.ts'
import { readYaml } from '../../src/config/yaml-file.ts'
import { cronFault } from '../../src/schedule/tick.ts'

function findings(text: string): readonly string[] {
  const file = readYaml('s.yaml', text)
  const checked = validate([file])
  if (checked.kind === 'valid') return crossCheck(checked.raw, [file], cronFault).map(describeProblem)
  return crossCheck(checked.loose ?? looseConfig({}), [file], cronFault, checked.faults).map(describeProblem)
}

const posts = 'posts: [{ id: blog, feed: https://blog.example/feed }]\n'
const outlets = (...texts: readonly string[]) => `${posts}outlets:\n${texts.map(text => `  - { ${text} }\n`).join('')}`
const feeds = (...texts: readonly string[]) =>
  `${posts}outlets: [{ id: tni, name: TNI, hosts: [a.example] }]\nfeeds:\n${texts.map(text => `  - { ${text} }\n`).join('')}`

describe('crossCheck', () => {
  const cases: readonly [name: string, text: string, described: readonly string[]][] = [
    ['finds nothing wrong with a good config', outlets('id: a, name: A, hosts: [a.example]', 'id: b, name: B, hosts: [b.example]'), []],
    [
      'finds a tick that is no cron expression',
      'polling: { tick: "every minute" }\n',
      [expect.stringMatching(/^s\.yaml:1:18: polling\.tick: expected a cron expression such as "\* \* \* \* \*", got "every minute" \(/)],
    ],
    [
      'finds an outlet id used twice, once and not also for the feeds that take their names from it',
      outlets(
        'id: a, name: A, hosts: [a.example], sources: [{ url: https://a.example/1 }]',
        'id: a, name: B, hosts: [b.example], sources: [{ url: https://b.example/1 }]',
      ),
      ['s.yaml:4:11: outlets[1].id: expected each outlet id once, got "a", which outlets[0].id has'],
    ],
    [
      'finds a source id used twice',
      outlets(
        'id: a, name: A, hosts: [a.example], sources: [{ id: x, url: https://a.example/1 }]',
        'id: b, name: B, hosts: [b.example], sources: [{ id: x, url: https://b.example/1 }]',
      ),
      ['s.yaml:4:59: outlets[1].sources[0].id: expected each source id once, got "x", which outlets[0].sources[0].id has'],
    ],
    [
      'finds a source id that another source has by default',
      outlets('id: blog, name: A, hosts: [a.example], sources: [{ url: https://a.example/1 }]'),
      ['s.yaml:1:15: posts[0].id: expected each source id once, got "blog", which outlets[0].sources[0] has'],
    ],
    [
      'finds a second source that takes the id of another outlet',
      outlets(
        'id: a, name: A, hosts: [a.example], sources: [{ url: https://a.example/1 }, { url: https://a.example/2 }]',
        'id: a-2, name: B, hosts: [b.example], sources: [{ url: https://b.example/1 }]',
      ),
      ['s.yaml:4:55: outlets[1].sources[0]: expected each source id once, got "a-2", which outlets[0].sources[1] has'],
    ],
    [
      'warns of a feed that is polled twice, for an outlet or for posts',
      outlets('id: a, name: A, hosts: [a.example], sources: [{ url: https://blog.example/feed }]'),
      [
        's.yaml:1:27: warning: posts[0].feed: expected each feed address once, got "https://blog.example/feed", which outlets[0].sources[0].url has',
      ],
    ],
    [
      'finds an alias another outlet is called by, in any spelling',
      outlets(
        'id: a, name: The National Interest, hosts: [a.example]',
        'id: b, name: B, hosts: [b.example], aliases: [Ｎational－interest]',
      ),
      [
        's.yaml:4:53: outlets[1].aliases[0]: expected a name no other outlet has, got "Ｎational－interest", which outlet "a" has as "The National Interest"',
      ],
    ],
    [
      'finds an alias that is the id of another outlet',
      outlets('id: nsj, name: A, hosts: [a.example]', 'id: b, name: B, hosts: [b.example], aliases: [NSJ]'),
      ['s.yaml:4:53: outlets[1].aliases[0]: expected a name no other outlet has, got "NSJ", which outlet "nsj" has as "nsj"'],
    ],
    ['lets an outlet repeat its own names', outlets('id: tni, name: TNI, hosts: [a.example], aliases: [tni, "The TNI"]'), []],
    [
      'finds a name without letters or digits',
      outlets('id: a, name: A, hosts: [a.example], aliases: ["――"]'),
      ['s.yaml:3:53: outlets[0].aliases[0]: expected a name with letters or digits, got "――"'],
    ],
    [
      'finds a host two outlets have, `www.` or not',
      outlets('id: a, name: A, hosts: [a.example]', 'id: b, name: B, hosts: [b.example, WWW.A.example]'),
      ['s.yaml:4:42: outlets[1].hosts[1]: expected a host no other outlet has, got "WWW.A.example", which outlet "a" has'],
    ],
    [
      'lets outlets share a host under different paths',
      outlets('id: a, name: A, hosts: [x.example/a]', 'id: b, name: B, hosts: [x.example/b]'),
      [],
    ],
    ['finds posts without a place', 'posts: [{ id: blog }]\n', ['s.yaml:1:9: posts[0]: expected `feed` or `folder`, got neither']],
    [
      'finds posts with two places',
      'posts: [{ id: blog, feed: https://a.example/, folder: b }]\n',
      ['s.yaml:1:55: posts[0].folder: expected either `feed` or `folder`, got both'],
    ],
    [
      'finds a folder whose posts have no addresses',
      'posts: [{ id: notes, folder: b }]\n',
      ['s.yaml:1:9: posts[0]: expected `url_template` beside `folder`, got none'],
    ],
    ['finds a feed without slug and label', feeds('title: x'), ['s.yaml:4:5: feeds[0]: expected `slug` or `label`, got neither']],
    [
      'finds a slug used twice',
      feeds('slug: x', 'slug: x'),
      ['s.yaml:5:13: feeds[1].slug: expected each slug once, got "x", which feeds[0].slug has'],
    ],
    [
      'finds a label used twice, in any Unicode form',
      feeds('label: が', `label: "${'が'.normalize('NFD')}"`),
      ['s.yaml:5:14: feeds[1].label: expected each label once, got "が", which feeds[0].label has'],
    ],
    [
      'finds an outlet there is not, with the likely one',
      feeds('slug: x, outlets: [tni, tnl]'),
      ['s.yaml:4:31: feeds[0].outlets[1]: expected the id of an outlet, got "tnl"; did you mean "tni"?'],
    ],
    [
      'finds an outlet there is not, without a guess',
      feeds('slug: x, outlets: [economist]'),
      ['s.yaml:4:26: feeds[0].outlets[0]: expected the id of an outlet, got "economist"'],
    ],
    [
      'finds a label that is asked for and excluded',
      feeds('label: a, none: [a]', 'slug: x, all: [b, c], none: [d, c]'),
      [
        's.yaml:4:24: feeds[0].none[0]: expected a label the feed does not also ask for, got "a": no post can be in this feed',
        's.yaml:5:39: feeds[1].none[1]: expected a label the feed does not also ask for, got "c": no post can be in this feed',
      ],
    ],
    [
      'finds a choice of labels that are all excluded',
      feeds('slug: x, any: [a, b], none: [b, a, c]'),
      ['s.yaml:4:36: feeds[0].none[0]: every label under `any` stands under `none` too: no post can be in this feed'],
    ],
    [
      'finds an outlet there is not among the conditions',
      feeds('slug: x, any: [{ outlet: tnl }, { outlet: tni }]'),
      ['s.yaml:4:32: feeds[0].any[0].outlet: expected the id of an outlet, got "tnl"; did you mean "tni"?'],
    ],
    [
      'finds a condition that is asked for and excluded',
      feeds('slug: x, all: [{ outlet: tni }], none: [{ outlet: tni }]', 'label: a, none: [{ label: a }]'),
      [
        's.yaml:4:47: feeds[0].none[0]: expected an outlet the feed does not also ask for, got "tni": no post can be in this feed',
        's.yaml:5:24: feeds[1].none[0]: expected a label the feed does not also ask for, got "a": no post can be in this feed',
      ],
    ],
    [
      'finds a choice of conditions that are all excluded',
      feeds('slug: x, any: [a, { keyword: b }], none: [{ keyword: b }, { label: a }]'),
      ['s.yaml:4:49: feeds[0].none[0]: every condition under `any` stands under `none` too: no post can be in this feed'],
    ],
    [
      'finds matches that cannot stand two ways at once, or are never accepted',
      feeds('slug: x, all: [{ match: accepted }, { match: none }]', 'slug: y, include: untranslated, all: [{ match: accepted }]'),
      [
        's.yaml:4:52: feeds[0].all[1].match: expected "accepted" as before, got "none": no entry can be in this feed',
        's.yaml:5:54: feeds[1].all[0].match: expected "proposed" or "none" beside `include: untranslated`, got "accepted": no entry can be in this feed',
        's.yaml:5:5: warning: feeds[1]: no outlet has a feed that is polled: the feed stays empty',
      ],
    ],
    ['lets a feed exclude some of the labels it chooses from', feeds('slug: x, any: [a, b], none: [a]'), []],
    [
      'warns of a label that is hidden and asked for',
      `${feeds('label: a')}publish: { hide_labels: [a] }\n`,
      ['s.yaml:4:14: warning: feeds[0].label: "a" stands under publish.hide_labels too; the feed is published all the same'],
    ],
    [
      'warns of feeds of posts where there are no posts',
      'feeds: [{ slug: x }, { slug: y, include: all }]\n',
      ['s.yaml:1:9: warning: feeds[0]: there are no posts: the feed stays empty'],
    ],
  ]
  for (const [name, text, described] of cases) it(name, () => expect(findings(text)).toEqual(described))

  describe('beside mistakes of single keys', () => {
    const besides: readonly [name: string, text: string, described: readonly string[]][] = [
      [
        'finds the rest all the same',
        outlets('id: a, name: A, hosts: []', 'id: a, name: B, hosts: [1]'),
        ['s.yaml:4:11: outlets[1].id: expected each outlet id once, got "a", which outlets[0].id has'],
      ],
      [
        'does not miss a key that is there but misspelt',
        'posts: [{ id: a, fed: https://a.example/ }]\nfeeds: [{ lable: x, include: all }]\n',
        [],
      ],
      ['does not miss a key that is there but wrong', 'posts: [{ id: a, feed: 1 }]\nfeeds: [{ slug: 1, include: all }]\n', []],
      ['says nothing of things that are no groups', 'posts: [x, y]\nfeeds: [x, y]\noutlets: [x, y]\n', []],
      ['says nothing of references while the outlets are no list', `${posts}outlets: 1\nfeeds: [{ slug: x, outlets: [a] }]\n`, []],
      [
        'says nothing of references while an outlet has no id to refer to',
        `${posts}outlets: [{ name: A, hosts: [a.example] }]\nfeeds: [{ slug: x, outlets: [a] }]\n`,
        [],
      ],
    ]
    for (const [name, text, described] of besides) it(name, () => expect(findings(text)).toEqual(described))
  })
})
