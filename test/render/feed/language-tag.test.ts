import { describe, expect, it } from 'vitest'
import { differingLanguage, languageTag, wordsLanguage } from '../../../src/render/feed/language-tag.ts'

describe('languageTag', () => {
  it('gives tags as BCP 47 has them', () => expect(['ja', ' en_US ', 'zh-Hant-TW'].map(languageTag)).toEqual(['ja', 'en-US', 'zh-Hant-TW']))
  it('gives nothing for what is no tag', () =>
    expect(['', '日本語', 'en US', '"', undefined].map(languageTag)).toEqual(Array(5).fill(undefined)))
})

describe('differingLanguage', () => {
  it('gives a tag only where it differs', () => {
    expect([differingLanguage('en', 'ja'), differingLanguage('JA', 'ja'), differingLanguage('<', 'ja')]).toEqual([
      'en',
      undefined,
      undefined,
    ])
  })
})

describe('wordsLanguage', () => {
  it('is English for English feeds alone', () =>
    expect(['en', 'en-GB', 'ja', 'eng', ''].map(wordsLanguage)).toEqual(['en', 'en', 'ja', 'ja', 'ja']))
})
