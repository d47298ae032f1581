import { describe, expect, it } from 'vitest'
import { postLabels } from '../../src/posts/post-labels.ts'

describe('postLabels', () => {
  it('gives names as readers see them, each once', () => {
    const categories = [
      { term: ' 米外交  政策 ' },
      { term: 'us', label: '米外交 政策' },
      { term: 'か\u3099' },
      { term: 'https://example.jp/category' },
      { term: 'post', scheme: 'http://schemas.google.com/g/2005#kind' },
      { term: '  ' },
    ]
    expect(postLabels(categories)).toEqual(['米外交 政策', 'が'])
  })

  it('takes no more than a hundred, and none that is too long for a name', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ term: `label ${index}` }))
    expect(postLabels([{ term: 'x'.repeat(201) }, { term: 'x'.repeat(200) }, ...many])).toEqual([
      'x'.repeat(200),
      ...many.slice(0, 99).map(({ term }) => term),
    ])
  })
})
