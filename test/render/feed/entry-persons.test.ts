import { describe, expect, it } from 'vitest'
import { entryPersons, publishablePerson } from '../../../src/render/feed/entry-persons.ts'
import { anEntry, site, without } from './sample.ts'

const unmatched = without(anEntry(), 'original')
const nobody = { ...unmatched, authors: [{ name: ' ' }] }
const source = { ...nobody.source, authors: [{ name: '海外論考の翻訳' }] }
const { original } = anEntry()

describe('entryPersons', () => {
  it("gives the article's authors for authors of its translation, and the translator for a contributor", () => {
    expect(entryPersons(anEntry(), site)).toEqual({
      authors: [{ name: 'Jane Doe' }],
      authorsLanguage: 'en',
      contributors: anEntry().authors,
    })
  })

  it('gives the outlet for the author of an article that names nobody', () => {
    const unsigned = anEntry(original === undefined ? {} : { original: { ...original, authors: [' '] } })
    expect(entryPersons(unsigned, site).authors).toEqual([{ name: 'The National Interest', uri: 'https://nationalinterest.org/' }])
  })

  it('leaves a post to its own authors where its original says nothing of who wrote it', () => {
    const entry = anEntry({ original: { authors: [], language: 'en', tier: 1 } })
    expect(entryPersons(entry, site)).toEqual({ authors: entry.authors, contributors: [] })
  })

  it('leaves a post without an original to its own authors', () => {
    expect(entryPersons(unmatched, site)).toEqual({ authors: unmatched.authors, contributors: [] })
  })

  it("gives its feed's authors when it names none", () => expect(entryPersons({ ...nobody, source }, site).authors).toEqual(source.authors))

  it("gives an article's outlet when nobody is named", () => {
    expect(entryPersons({ ...nobody, kind: 'article' }, site).authors).toEqual([{ name: 'The National Interest' }])
  })

  it('does not take an outlet that is merely named for the author of a post', () => {
    expect(entryPersons(nobody, site).authors).toEqual([site.author])
  })
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
