import type { PageLanguage } from '../../domain/site.ts'

/** Every text of the public pages that is ours, in one language. */
export interface Messages {
  readonly skipToContent: string
  readonly languageNavigation: string
  /** What the site is and what to do with it; the index page's opening. */
  readonly intro: string
  readonly noFeeds: string
  readonly noEntries: string
  readonly subscribe: string
  /** Names the feed behind a link that shows only its syntax, for those who hear links out of context. */
  readonly ofFeed: (title: string) => string
  readonly newest: string
  readonly allFeeds: string
  readonly label: string
  readonly otherLabels: string
  readonly entries: (count: number) => string
  readonly translations: (count: number) => string
  readonly withOriginal: (count: number) => string
  readonly describeFeed: (title: string) => string
  readonly untitled: string
  readonly translatorsComment: string
  readonly original: string
  /** Stands for the original's title while only its address is known. */
  readonly readOriginal: string
  readonly originalUnknown: string
  /** Marks an original that was inferred from what both texts say (tier 4). */
  readonly inferred: string
  readonly untranslated: string
  readonly publishedBy: string
  readonly madeWith: string
  readonly notFound: { readonly title: string; readonly text: string }
  readonly unavailable: { readonly title: string; readonly text: string }
}

/** How each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<PageLanguage, string>> = { ja: '日本語', en: 'English' }

/** Gives the language a page is switched to. */
export function otherLanguage(language: PageLanguage): PageLanguage {
  return language === 'ja' ? 'en' : 'ja'
}

const ja: Messages = {
  skipToContent: 'スキップして本文へ',
  languageNavigation: '表示言語',
  intro:
    '英語の論考の日本語訳を集め、原文とひもづけて、ラベルごとに配信しています。フィードリーダーに登録すれば、新しい訳が出るたびに届きます。',
  noFeeds: '配信中のフィードはまだありません。',
  noEntries: '記事はまだありません。訳が公開されると、ここに並びます。',
  subscribe: '購読',
  ofFeed: title => `「${title}」のフィード、`,
  newest: '最新',
  allFeeds: 'フィード一覧へ',
  label: 'ラベル',
  otherLabels: 'ほかのラベル',
  entries: count => `${grouped(count)}件`,
  translations: count => `うち訳文${grouped(count)}件`,
  withOriginal: count => `原文確認済み${grouped(count)}件`,
  describeFeed: title => `「${title}」の翻訳記事と、その原文。`,
  untitled: '(無題)',
  translatorsComment: '訳者コメント',
  original: '原文',
  readOriginal: '原文を読む',
  originalUnknown: '原文は未確認',
  inferred: '推定',
  untranslated: '未訳',
  publishedBy: '運営',
  madeWith: 'フィード生成',
  notFound: { title: 'ページが見つかりません', text: 'お探しのページは、移動したか、なくなったようです。' },
  unavailable: { title: 'ただいま準備中です', text: 'フィードを用意しています。しばらくしてから、もう一度お越しください。' },
}

const en: Messages = {
  skipToContent: 'Skip to content',
  languageNavigation: 'Language',
  intro:
    'Japanese translations of articles written in English, each traced to its original and gathered into one feed per label. Add a feed to your reader, and every new translation comes to you.',
  noFeeds: 'No feeds are published yet.',
  noEntries: 'Nothing here yet. Translations will appear as they are published.',
  subscribe: 'Subscribe',
  ofFeed: title => `${title}: `,
  newest: 'Latest',
  allFeeds: 'All feeds',
  label: 'Label',
  otherLabels: 'Other labels',
  entries: count => `${grouped(count)} ${count === 1 ? 'entry' : 'entries'}`,
  translations: count => `${grouped(count)} translated`,
  withOriginal: count => `${grouped(count)} with their original`,
  describeFeed: title => `Translated articles on ${title}, with their originals.`,
  untitled: '(untitled)',
  translatorsComment: 'Translator’s comment',
  original: 'Original',
  readOriginal: 'Read the original',
  originalUnknown: 'Original not identified',
  inferred: 'inferred',
  untranslated: 'Not translated yet',
  publishedBy: 'Published by',
  madeWith: 'Made with',
  notFound: { title: 'Page not found', text: 'The page you were looking for has moved or no longer exists.' },
  unavailable: { title: 'Not ready yet', text: 'The feeds are being prepared. Please come back in a little while.' },
}

/** The texts by page language. */
export const MESSAGES: Readonly<Record<PageLanguage, Messages>> = { ja, en }

function grouped(count: number): string {
  return count.toLocaleString('en')
}
