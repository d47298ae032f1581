import type { OutletId, Slug } from '../domain/identifiers.ts'
import type { AutomaticFeeds, FeedRule } from '../domain/output-feed.ts'
import type { PageLanguage } from '../domain/site.ts'
import { freeSlug } from './slug.ts'

/** An outlet that posts translate, and how many do. */
export interface TranslatedOutlet {
  readonly id: OutletId
  readonly name: string
  readonly count: number
}

/** The selection of a feed that asks nothing of a post and takes it whole. */
export const EVERYTHING = {
  any: [],
  all: [],
  none: [],
  outlets: [],
  include: 'translated',
  titles: 'japanese',
  content: 'full',
  excerptCharacters: 200,
} as const

interface Words {
  readonly title: string
  readonly subtitle?: string
}

const WORDS: Readonly<
  Record<PageLanguage, { readonly all: Words; readonly outlet: (name: string) => Words; readonly untranslated: Words }>
> = {
  ja: {
    all: { title: 'すべての翻訳', subtitle: 'ラベルや媒体を問わず、すべての翻訳' },
    outlet: name => ({ title: `${name}の翻訳` }),
    untranslated: { title: '未訳の記事', subtitle: '各媒体の記事のうち、まだ翻訳のないもの' },
  },
  en: {
    all: { title: 'All translations', subtitle: 'Every translation, whatever its label or outlet' },
    outlet: name => ({ title: `${name} in translation` }),
    untranslated: { title: 'Not yet translated', subtitle: 'Articles from every outlet that have no translation yet' },
  },
}

/**
 * The feeds there are by themselves besides the labels': all translations first, then the outlets', most translated first,
 * then what is not translated. One whose slug the operator has given to a feed gives way to it; one whose slug is a
 * label's takes another, as the label's subscribers have that address.
 *
 * @param requested slugs the operator gave by hand
 * @param labels slugs that labels were given earlier
 */
export function automaticFeeds(
  wanted: AutomaticFeeds,
  outlets: readonly TranslatedOutlet[],
  about: { readonly language: PageLanguage; readonly limit: number },
  { requested, labels }: { readonly requested: ReadonlySet<string>; readonly labels: ReadonlySet<string> },
): readonly FeedRule[] {
  const words = WORDS[about.language]
  const common = { ...EVERYTHING, label: null, limit: about.limit }
  const ranked = outlets.toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
  const rules: readonly FeedRule[] = [
    ...(wanted.all ? [{ ...common, ...words.all, kind: 'all', slug: 'all' as Slug } as const] : []),
    ...(wanted.outlets ? ranked : []).map(({ id, name }) => {
      return { ...common, ...words.outlet(name), kind: 'outlet', slug: `outlet-${id}` as Slug, outlets: [id] } as const
    }),
    ...(wanted.untranslated
      ? [{ ...common, ...words.untranslated, kind: 'untranslated', slug: 'untranslated' as Slug, include: 'untranslated' } as const]
      : []),
  ]
  return rules.filter(({ slug }) => !requested.has(slug)).map(rule => ({ ...rule, slug: freeSlug(rule.slug, labels) }))
}
