import { describe, expect, it } from 'vitest'
import { type Draft, identified } from '../../src/parse/entry-identity.ts'

const draft = (properties: Partial<Draft> & { readonly heading?: string } = {}): Draft => {
  const { heading, ...rest } = properties
  return {
    ...(heading === undefined ? {} : { title: { type: 'text', value: heading } }),
    authors: [],
    contributors: [],
    categories: [],
    links: [],
    ...rest,
  }
}
const ids = (...drafts: readonly Draft[]) => identified(drafts).entries.map(({ id }) => id)

describe('identified', () => {
  it('keeps ids that are unique', () => {
    expect(ids(draft({ id: 'a' }), draft({ id: 'b', url: 'https://e.org/b' }))).toEqual(['a', 'b'])
  })

  it('takes the address where there is no id', () => {
    expect(ids(draft({ url: 'https://e.org/1' }), draft({ url: 'https://e.org/2' }))).toEqual(['https://e.org/1', 'https://e.org/2'])
  })

  it('ignores an id that several entries share, and only that one', () => {
    const found = ids(
      draft({ id: 'N/A', url: 'https://e.org/1' }),
      draft({ id: 'N/A', url: 'https://e.org/2' }),
      draft({ id: 'c', url: 'https://e.org/3' }),
    )
    expect(found).toEqual(['https://e.org/1', 'https://e.org/2', 'c'])
  })

  it('tells entries of one address apart by title', () => {
    const found = ids(draft({ url: 'https://e.org/', heading: 'One' }), draft({ url: 'https://e.org/', heading: 'Two' }))
    expect(new Set(found).size).toBe(2)
    for (const id of found) expect(id).toMatch(/^https:\/\/e\.org\/#[\w-]{22}$/)
  })

  it('makes a name from what an entry says where it has neither id nor address', () => {
    const [first, again] = [ids(draft({ heading: 'One', published: 1 })), ids(draft({ heading: 'One', published: 1 }))]
    expect(first).toEqual(again)
    expect(first[0]).toMatch(/^ni:\/\/\/sha-256;[\w-]{22}$/)
  })

  it('leaves out a repeated entry and keeps the id of the first', () => {
    const { entries, skipped } = identified([draft({ id: 'a', heading: 'One' }), draft({ id: 'a', heading: 'One' }), draft({ id: 'b' })])
    expect(entries.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(skipped).toEqual(['Entry 2 was left out: it repeats an entry before it, “a”.'])
  })

  it('never gives an entry the id of another', () => {
    const found = ids(draft({ id: 'https://e.org/1' }), draft({ url: 'https://e.org/1', heading: 'Comment' }))
    expect(found[0]).toBe('https://e.org/1')
    expect(found[1]).not.toBe('https://e.org/1')
  })
})
