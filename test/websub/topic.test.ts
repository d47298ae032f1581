import { describe, expect, it } from 'vitest'
import { topicPath } from '../../src/websub/topic.ts'

describe('topicPath', () => {
  const cases: readonly [name: string, topic: string, path: string | undefined][] = [
    ['finds a feed', 'https://a.example/k/feeds/all.atom', 'feeds/all.atom'],
    ['finds it however it is encoded', 'https://a.example/k/feeds/%E5%A4%96交.rss', 'feeds/外交.rss'],
    ['finds it decomposed', 'https://a.example/k/feeds/ガザ.json', 'feeds/ガザ.json'],
    ['knows nothing of archives', 'https://a.example/k/feeds/all/archive-1.atom', undefined],
    ['nor of pages', 'https://a.example/k/labels/all', undefined],
    ['nor of other hosts', 'https://b.example/k/feeds/all.atom', undefined],
    ['nor of other schemes', 'http://a.example/k/feeds/all.atom', undefined],
    ['nor of what lies outside the site', 'https://a.example/feeds/all.atom', undefined],
    ['nor of a way out of the folder', 'https://a.example/k/feeds/..%2F..%2Fstate.atom', undefined],
    ['nor of queries', 'https://a.example/k/feeds/all.atom?x=1', undefined],
    ['nor of broken encodings', 'https://a.example/k/feeds/%E5.atom', undefined],
    ['nor of no address at all', 'all.atom', undefined],
  ]
  for (const [name, topic, path] of cases) it(name, () => expect(topicPath(topic, 'https://a.example/k/')).toBe(path))
})
