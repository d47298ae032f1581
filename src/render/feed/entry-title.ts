import type { OutputEntry, TitleMode } from '../../domain/output-feed.ts'
import { wordsLanguage } from './language-tag.ts'

/** A title and the language it is in. */
export interface EntryTitle {
  readonly value: string
  readonly language: string
}

/** Gives the title an entry is published under; never blank, since readers show the title as the link to the entry. */
export function entryTitle(entry: Pick<OutputEntry, 'title' | 'language' | 'original'>, mode: TitleMode): EntryTitle {
  const { title, language, original } = entry
  const originalTitle = original?.title?.trim() || undefined
  if (original !== undefined && originalTitle !== undefined) {
    if (mode === 'original' || title.trim() === '') return { value: originalTitle, language: original.language }
    if (mode === 'bilingual') return { value: `${title} | ${originalTitle}`, language }
  }
  if (title.trim() !== '') return { value: title, language }
  const words = wordsLanguage(language)
  return { value: words === 'en' ? 'Untitled' : '無題', language: words }
}
