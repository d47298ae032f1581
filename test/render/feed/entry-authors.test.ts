import { describe, expect, it } from 'vitest'
import { entryAuthors, publishablePerson } from '../../../src/render/feed/entry-authors.ts'
import { anEntry, site } from './sample.ts'

const nobody = anEntry({ authors: [{ name: ' ' }] })
const source = { ...nobody.source, authors: [{ name: '海外論考の翻訳' }] }

describe('entryAuthors', () => {
  it("gives the entry's own authors", () => expect(entryAuthors(anEntry(), site)).toEqual(anEntry().authors))
  it("gives its feed's authors when it names none", () => expect(entryAuthors({ ...nobody, source }, site)).toEqual(source.authors))
  it("gives an article's outlet when nobody is named", () => {
    expect(entryAuthors({ ...nobody, kind: 'article' }, site)).toEqual([{ name: 'The National Interest' }])
  })
  it('does not take the outlet for the author of a post', () => expect(entryAuthors(nobody, site)).toEqual([site.author]))
})

describe('publishablePerson', () => {
  it('keeps a web address and an e-mail address', () => {
    const person = { name: 'A', uri: 'https://a.example/', email: 'a@a.example' }
    expect(publishablePerson(person)).toEqual(person)
  })
  it('leaves out what only claims to be one', () => {
    expect(publishablePerson({ name: 'A', uri: 'javascript:alert(1)', email: 'a at b' })).toEqual({ name: 'A' })
  })
})
