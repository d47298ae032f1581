import type { Evidence, Tier } from '../../domain/match.ts'
import type { PageLanguage } from '../../domain/site.ts'
import { pageDate } from './page-time.ts'

/** How an original was found, as far as visitors are told. */
export interface Identification {
  readonly tier: Tier
  readonly decidedBy: 'machine' | 'operator'
  readonly evidence: readonly Evidence[]
  /** Gives an outlet's name by its id. */
  readonly outletName: (id: string) => string | undefined
}

/** One reason: what kind of trace it is, and the trace. */
export interface Reason {
  readonly what: string
  readonly found: string
}

/** Gives one sentence on what the original was taken for the original by. */
export function identificationSentence({ tier, decidedBy }: Identification, language: PageLanguage): string {
  const words = WORDS[language]
  return decidedBy === 'operator' ? words.operator : words.tiers[tier]
}

/**
 * Gives the reasons that are fit for the public: what can be read in post and article anyway. Scores, doubts, the
 * operator's files and whatever kind of evidence comes later stay with the operator.
 */
export function publicReasons(
  identification: Identification,
  style: { readonly language: PageLanguage; readonly timeZone: string },
): readonly Reason[] {
  const words = WORDS[style.language]
  return identification.evidence.flatMap((evidence): readonly Reason[] => {
    switch (evidence.kind) {
      case 'cited-address':
        return [{ what: evidence.isCredit ? words.credit : words.cited, found: hostOf(evidence.url) }]
      case 'english-title':
        return [{ what: evidence.similarity === 1 ? words.title : words.nearlyTitle, found: shortened(evidence.line) }]
      case 'author-and-date':
        return [{ what: words.byline, found: shortened(`${evidence.author}, ${pageDate(evidence.date, { ...style, timeZone: 'UTC' })}`) }]
      case 'outlet-named': {
        const name = identification.outletName(evidence.outlet)
        return name === undefined ? [] : [{ what: words.outlet, found: name }]
      }
      case 'shared-numbers':
        return [{ what: words.numbers, found: listed(evidence.values, words.separator) }]
      case 'shared-latin-words':
        return [{ what: words.latin, found: listed(evidence.values, words.separator) }]
      case 'katakana-names':
        return [{ what: words.names, found: listed(pairs(evidence.pairs), words.separator) }]
      case 'country-names':
        return [{ what: words.countries, found: listed(pairs(evidence.pairs), words.separator) }]
      case 'rendered-words':
        return [{ what: words.rendered, found: listed(pairs(evidence.pairs), words.separator) }]
      default:
        return []
    }
  })
}

interface EvidenceWords {
  readonly operator: string
  readonly tiers: Readonly<Record<Tier, string>>
  readonly credit: string
  readonly cited: string
  readonly title: string
  readonly nearlyTitle: string
  readonly byline: string
  readonly outlet: string
  readonly numbers: string
  readonly latin: string
  readonly names: string
  readonly countries: string
  readonly rendered: string
  readonly separator: string
}

const WORDS: Readonly<Record<PageLanguage, EvidenceWords>> = {
  ja: {
    operator: '運営者が原文を確認しています。',
    tiers: {
      1: '訳者が原文を明記しています。',
      2: '訳文に原文のURLが記されています。',
      3: '訳文に原題、または筆者名と日付が記されています。',
      4: '訳文に原文の明記がないため、内容を照らし合わせて推定しました。',
    },
    credit: '出典として記された原文のURL',
    cited: '本文中の原文のURL',
    title: '本文にある原題',
    nearlyTitle: '原題とほぼ一致する英文',
    byline: '筆者名と日付',
    outlet: '見出しに記された媒体名',
    numbers: '共通する数字',
    latin: '共通する英字表記',
    names: '対応する固有名詞',
    countries: '共通する国名',
    rendered: '対応する語句',
    separator: '、',
  },
  en: {
    operator: 'The publisher of this site has confirmed the original.',
    tiers: {
      1: 'The translator states the original.',
      2: 'The translation gives the address of the original.',
      3: 'The translation gives the English title, or the author and the date, of the original.',
      4: 'The translation does not name its original, which was inferred by comparing the two texts.',
    },
    credit: 'Address of the original, given as its source',
    cited: 'Address of the original, in the text',
    title: 'English title, in the text',
    nearlyTitle: 'A line that is nearly the English title',
    byline: 'Author and date, in the text',
    outlet: 'Outlet named in the headline',
    numbers: 'Numbers in both',
    latin: 'Latin words in both',
    names: 'Names that correspond',
    countries: 'Countries in both',
    rendered: 'Words that correspond',
    separator: ', ',
  },
}

// Enough to convince; a long article shares hundreds of words with its translation.
const MOST_LISTED = 8
const LONGEST_LINE = 160

function listed(values: readonly string[], separator: string): string {
  const shown = [...new Set(values)].slice(0, MOST_LISTED)
  return shortened(shown.join(separator))
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length > LONGEST_LINE ? `${characters.slice(0, LONGEST_LINE).join('')}…` : text
}

function pairs(list: readonly (readonly [ja: string, en: string])[]): readonly string[] {
  return list.map(([japanese, english]) => (japanese.toLowerCase() === english.toLowerCase() ? english : `${japanese} = ${english}`))
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? ''
}
