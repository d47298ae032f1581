import type { PageLanguage } from '../../domain/site.ts'

/** How the index page groups the feeds, in the order it shows them. */
export const FEED_GROUPS = ['collection', 'label', 'outlet', 'untranslated'] as const

export type FeedGroup = (typeof FEED_GROUPS)[number]

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
  /** Headings of the index page's groups. */
  readonly groups: Readonly<Record<FeedGroup, string>>
  readonly allFeeds: string
  readonly feedList: string
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
  /** Leads from an entry in a list to its own page. */
  readonly sideBySide: string
  /** The same where no original is known. */
  readonly details: string
  readonly year: (year: number) => string
  readonly month: (month: number) => string
  readonly years: string
  readonly olderThanShown: (year: number) => string
  readonly describeYear: (title: string, year: number) => string
  readonly pages: string
  readonly page: (page: number) => string
  readonly translation: string
  readonly translator: string
  readonly readTranslation: string
  readonly matchedHow: string
  readonly describeEntry: (title: string) => string
  readonly coverage: CoverageMessages
  readonly opml: string
  readonly siteNavigation: string
  readonly publishedBy: string
  readonly madeWith: string
  readonly notFound: { readonly title: string; readonly text: string }
  readonly gone: { readonly title: string; readonly text: string }
  readonly unavailable: { readonly title: string; readonly text: string }
}

/** The texts of the page that counts what is translated. */
export interface CoverageMessages {
  readonly title: string
  readonly intro: string
  readonly notes: readonly string[]
  readonly nothing: string
  readonly outlet: string
  readonly articles: string
  readonly translated: string
  readonly share: string
  readonly medianLag: string
  readonly newest: string
  readonly total: string
  readonly hours: (hours: number) => string
  readonly days: (days: string) => string
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
  groups: { collection: 'まとめて読む', label: 'ラベル別', outlet: '媒体別', untranslated: 'まだ訳のない記事' },
  allFeeds: 'フィード一覧へ',
  feedList: 'フィード一覧',
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
  sideBySide: '原文と並べて見る',
  details: 'この訳のページ',
  year: year => `${year}年`,
  month: month => `${month}月`,
  years: '年別',
  olderThanShown: year => `これより前の訳は${year}年の一覧へ`,
  describeYear: (title, year) => `「${title}」の${year}年の翻訳記事一覧。`,
  pages: 'ページ',
  page: page => `${page}ページ目`,
  translation: '訳文',
  translator: '訳',
  readTranslation: '訳文の全文を読む',
  matchedHow: '原文の確認方法',
  describeEntry: title => `「${title}」の日本語訳と原文。`,
  coverage: {
    title: '翻訳状況',
    intro: '媒体ごとに、どれだけの記事が日本語に訳されているかをまとめました。',
    notes: [
      '「記事」は、各媒体のフィードで確認できた記事の数です。',
      '「公開から訳まで」は、原文の公開から訳の公開までにかかった時間の中央値です。',
    ],
    nothing: '集計できる記事は、まだありません。',
    outlet: '媒体',
    articles: '記事',
    translated: '訳あり',
    share: '割合',
    medianLag: '公開から訳まで',
    newest: '最新の訳',
    total: '合計',
    hours: hours => `${hours}時間`,
    days: days => `${days}日`,
  },
  opml: '全フィード（OPML）',
  siteNavigation: 'サイト案内',
  publishedBy: '運営',
  madeWith: 'フィード生成',
  notFound: { title: 'ページが見つかりません', text: 'お探しのページは、移動したか、なくなったようです。' },
  gone: {
    title: 'このフィードは終了しました',
    text: 'フィードリーダーの登録を解除してください。いまあるフィードは、一覧からご覧になれます。',
  },
  unavailable: { title: 'ただいま準備中です', text: 'フィードを用意しています。しばらくしてから、もう一度お越しください。' },
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

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
  groups: { collection: 'Collections', label: 'By label', outlet: 'By outlet', untranslated: 'Not translated yet' },
  allFeeds: 'All feeds',
  feedList: 'Feeds',
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
  sideBySide: 'Side by side with the original',
  details: 'Page of this translation',
  year: year => String(year),
  month: month => MONTHS[month - 1] ?? '',
  years: 'By year',
  olderThanShown: year => `Earlier translations: ${year}`,
  describeYear: (title, year) => `Articles on ${title} translated in ${year}.`,
  pages: 'Pages',
  page: page => `Page ${page}`,
  translation: 'Translation',
  translator: 'Translated by',
  readTranslation: 'Read the whole translation',
  matchedHow: 'How the original was identified',
  describeEntry: title => `“${title}”: the Japanese translation and its English original.`,
  coverage: {
    title: 'Coverage',
    intro: 'How much of each outlet has been translated into Japanese.',
    notes: [
      '“Articles” are those seen in the outlet’s feeds.',
      '“Time to translation” is the median time from an article to its translation.',
    ],
    nothing: 'There is nothing to count yet.',
    outlet: 'Outlet',
    articles: 'Articles',
    translated: 'Translated',
    share: 'Share',
    medianLag: 'Time to translation',
    newest: 'Latest',
    total: 'Total',
    hours: hours => `${hours} ${hours === 1 ? 'hour' : 'hours'}`,
    days: days => `${days} days`,
  },
  opml: 'All feeds (OPML)',
  siteNavigation: 'About this site',
  publishedBy: 'Published by',
  madeWith: 'Made with',
  notFound: { title: 'Page not found', text: 'The page you were looking for has moved or no longer exists.' },
  gone: { title: 'This feed has ended', text: 'Please unsubscribe from it. The list shows the feeds there are now.' },
  unavailable: { title: 'Not ready yet', text: 'The feeds are being prepared. Please come back in a little while.' },
}

/** The texts by page language. */
export const MESSAGES: Readonly<Record<PageLanguage, Messages>> = { ja, en }

/** A count with its thousands grouped, as both languages write it. */
export function grouped(count: number): string {
  return count.toLocaleString('en')
}
