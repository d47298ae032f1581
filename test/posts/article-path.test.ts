import { describe, expect, it } from 'vitest'
import { isArticleAddress } from '../../src/posts/article-path.ts'

describe('isArticleAddress', () => {
  const articles = [
    'nationalinterest.org/feature/what-comes-next',
    'nationalinterest.org/blog/buzz/why-the-navy-needs-frigates-123456',
    '19fortyfive.com/2025/03/trump-isolationism',
    'twz.com/sea/f-35s-take-off',
    'twz.com/a-very-long-slug',
    'flightglobal.com/fixed-wing/141578.article',
    'example-outlet.org/?p=12345',
    'oryxspioenkop.com/2022/02/losses.html',
    'foreignpolicy.com/2025/03/12/china-taiwan',
    'rand.org/pubs/commentary/2025/03/deterrence.html',
  ]
  for (const address of articles) it(`takes ${address} for an article`, () => expect(isArticleAddress(address)).toBe(true))

  const others = [
    'nationalinterest.org',
    'nationalinterest.org/blog',
    'nationalinterest.org/blog/buzz',
    'twz.com/middle-east',
    'twz.com/category/air-force',
    'twz.com/category/air-force/page/2',
    'twz.com/tag/f-35-lightning-ii',
    'twz.com/author/jane-mary-doe',
    'nationalinterest.org/profile/jane-mary-doe',
    'twz.com/about',
    'twz.com/feed',
    'twz.com/wp-content/uploads/2025/03/f-35-take-off.jpg',
    'twz.com/images/f-35-take-off.png',
    '19fortyfive.com/2025/03',
    'twz.com/index.html',
    'twz.com?s=f-35',
  ]
  for (const address of others) it(`takes ${address} for none`, () => expect(isArticleAddress(address)).toBe(false))
})
