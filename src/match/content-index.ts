import type { Field, Unit } from './article-units.ts'
import type { BackgroundRates } from './background-rates.ts'
import { type PostCoverage, renderingOf, type Term } from './post-coverage.ts'

/**
 * What speaks for an article and what against, in nats: log-likelihood ratios that the post translates it, and the share of
 * what could be covered, weighted by rarity, that is.
 */
export const FEATURES = [
  ...(['titleFor', 'titleAgainst', 'titleShare', 'leadFor', 'leadAgainst', 'leadShare', 'bodyFor', 'bodyAgainst', 'bodyShare'] as const),
  ...(['headlineFor', 'headlineAgainst', 'headlineShare', 'factsFor', 'factsAgainst', 'namesFor', 'namesAgainst'] as const),
  ...(['headlineBack', 'headlineMissing', 'openingBack', 'openingMissing'] as const),
] as const

export type Feature = (typeof FEATURES)[number]
export type Features = Readonly<Record<Feature, number>>

/** An article, by its number in the index, with what speaks for it and against it. */
export interface Scored {
  readonly article: number
  readonly features: Features
}

// Rates at which a translation says what stands in its original, by where it stands; from the development data.
const COVERED: Readonly<Record<Field | 'fact' | 'headline', number>> = { title: 0.62, lead: 0.55, body: 0.45, fact: 0.6, headline: 0.45 }
// A headline says a sixth of what a post says.
const POST_PER_HEADLINE = 6
// A name that is in no lexicon may be written in kanji: it counts for half.
const UNKNOWN_NAME = 0.5
// Shares of little are near nothing, be the little met or missed.
const SHARE_GROUND = 4
// Nats of an expression that stands for nothing known, and most for any.
const [UNKNOWN_TERM, HEARD_TERM, MOST_FOR_A_TERM] = [3, 4.5, 6]
const CANDIDATES = 40
// How far into a body an article is found by what it says, and how far it is taken to say it.
const [FINDING_CHARACTERS, SAID_CHARACTERS] = [1_500, 2_000]
// What every sixth post says finds nothing.
const LEAST_WEIGHT = 1.8
const KEY_SETS_KEPT = 5_000

/** Articles by what they say. Adding one costs its own length, asking costs what the post says. */
export class ContentIndex {
  private readonly articles: (readonly Unit[])[] = []
  private readonly postings = new Map<string, number[]>()
  private sums = new Float64Array(0)
  private readonly keySets = new Map<number, ReadonlySet<string>>()
  private readonly isKnowable: (key: string) => boolean

  /** @param isKnowable whether a post could say it: there is a rendering, or it can be heard or is written the same */
  constructor(isKnowable: (key: string) => boolean) {
    this.isKnowable = isKnowable
  }

  /** Numbers given, those of articles that were removed included. */
  get size(): number {
    return this.articles.length
  }

  /** Gives the number under which the article is found. */
  add(units: readonly Unit[]): number {
    const article = this.articles.length
    this.articles.push(units)
    for (const { key, field, at } of units) {
      if (field === 'body' && at > FINDING_CHARACTERS) continue
      const list = this.postings.get(key)
      if (list === undefined) this.postings.set(key, [article])
      else list.push(article)
    }
    return article
  }

  /** Forgets what an article says. Its number is not given again, and whoever removed it takes it for eligible no more. */
  remove(article: number): void {
    this.articles[article] = []
    this.keySets.delete(article)
  }

  /** What an article says. */
  unitsOf(article: number): readonly Unit[] {
    return this.articles[article] ?? []
  }

  /**
   * The articles that have most in common with a post, with what speaks for each.
   *
   * @param comesFirst the order of two articles that have as much in common with it
   */
  candidates(
    post: PostCoverage,
    rates: BackgroundRates,
    isEligible: (article: number) => boolean = () => true,
    comesFirst: (article: number, other: number) => boolean = (article, other) => article < other,
  ): readonly Scored[] {
    const sums = this.sumsOf(post, rates)
    const best: (readonly [article: number, weight: number])[] = []
    let least = 0
    for (let article = 0; article < sums.length; article++) {
      const sum = sums[article] ?? 0
      if (sum === 0 || sum < least) continue
      const weight = sum / Math.sqrt(20 + (this.articles[article]?.length ?? 0))
      if ((best.length === CANDIDATES && weight < (best.at(-1)?.[1] ?? 0)) || !isEligible(article)) continue
      const isBehind = ([other, its]: readonly [number, number]) => its > weight || (its === weight && comesFirst(other, article))
      // Many articles of one text have the same weight: most are behind the last at once.
      const last = best[CANDIDATES - 1]
      if (last !== undefined && isBehind(last)) continue
      const at = best.findLastIndex(isBehind) + 1
      best.splice(at, 0, [article, weight])
      if (best.length <= CANDIDATES) continue
      best.pop()
      // What weighs less cannot come in, however short its article.
      least = (best.at(-1)?.[1] ?? 0) * Math.sqrt(20)
    }
    return best.map(([article]) => ({ article, features: this.features(article, post, rates) }))
  }

  /** How much of what a post says each article says, by rarity. */
  private sumsOf(post: PostCoverage, rates: BackgroundRates): Float64Array {
    if (this.sums.length < this.articles.length) this.sums = new Float64Array(2 * this.articles.length)
    const sums = this.sums.subarray(0, this.articles.length).fill(0)
    for (const [key, { confidence }] of post.all) {
      const list = this.postings.get(key)
      if (list === undefined) continue
      const weight = -Math.log(rates.rateOf(key)) * confidence
      if (weight < LEAST_WEIGHT) continue
      for (let at = 0; at < list.length; at++) {
        const article = list[at] ?? 0
        sums[article] = (sums[article] ?? 0) + weight
      }
    }
    return sums
  }

  private keysOf(article: number): ReadonlySet<string> {
    const known = this.keySets.get(article)
    if (known !== undefined) return known
    const keys = new Set(
      (this.articles[article] ?? [])
        .filter(({ field, at }) => field !== 'body' || at < SAID_CHARACTERS)
        .flatMap(({ key, written }) => [key, wordIn(written)]),
    )
    if (this.keySets.size >= KEY_SETS_KEPT) this.keySets.clear()
    this.keySets.set(article, keys)
    return keys
  }

  private features(article: number, post: PostCoverage, rates: BackgroundRates): Features {
    const sums = Object.fromEntries(FEATURES.map(feature => [feature, 0])) as Record<Feature, number>
    const mass = { title: 0, lead: 0, body: 0, headline: 0 }
    for (const unit of this.articles[article] ?? []) {
      const { key, field, at, isName } = unit
      if (field === 'body' && at > post.reach) continue
      const isFact = key.startsWith('#')
      const confidence = renderingOf(post, unit)?.confidence ?? 0
      const isKnown = isFact || this.isKnowable(key)
      const isUnknownName = !isKnown && isName && /^[a-z]{4,}$/.test(key)
      if (confidence === 0 && !isKnown && !isUnknownName) continue
      const rate = rates.rateOf(key)
      const [present, absent] = evidence(rate, rates.coveredRateOf(key, COVERED[isFact ? 'fact' : field]))
      const kind = isFact ? 'facts' : isName ? 'names' : field
      sums[`${kind}For`] += confidence * present
      sums[`${kind}Against`] += (1 - confidence) * absent * (isUnknownName ? UNKNOWN_NAME : 1)
      const rarity = -Math.log(rate) * (isUnknownName ? UNKNOWN_NAME : 1)
      mass[field] += rarity
      sums[`${field}Share`] += confidence * rarity
      if (field !== 'title') continue
      const inHeadline = renderingOf(post.headline, unit)?.confidence ?? 0
      const [together, apart] = evidence(rate / POST_PER_HEADLINE, rates.coveredRateOf(key, COVERED.headline))
      sums.headlineFor += inHeadline * together
      sums.headlineAgainst += (1 - inHeadline) * apart
      mass.headline += rarity
      sums.headlineShare += inHeadline * rarity
    }
    for (const field of ['title', 'lead', 'body', 'headline'] as const) sums[`${field}Share`] /= mass[field] + SHARE_GROUND
    const said = this.keysOf(article)
    for (const [part, terms] of [
      ['headline', post.headlineTerms],
      ['opening', post.openingTerms],
    ] as const) {
      let [met, missed] = [0, 0]
      for (const term of terms) {
        const rarity = rarityOf(term, rates)
        if (isSaid(term, said)) met += rarity
        else missed += rarity
      }
      sums[`${part}Back`] = met / (met + missed + SHARE_GROUND)
      sums[`${part}Missing`] = missed / 10
    }
    return sums
  }
}

function isSaid({ keys, heard }: Term, said: ReadonlySet<string>): boolean {
  return heard === undefined ? keys.some(key => said.has(key)) : heard.some(word => said.has(wordIn(word)))
}

/** What sounds like words weighs the same whichever there are. */
function rarityOf({ keys, heard }: Term, rates: BackgroundRates): number {
  if (heard !== undefined) return HEARD_TERM
  return Math.min(MOST_FOR_A_TERM, Math.max(...keys.map(key => -Math.log(rates.rateOf(key))), keys.length === 0 ? UNKNOWN_TERM : 0))
}

/** Words stand beside keys in one set. */
function wordIn(written: string): string {
  return `=${written}`
}

/** Log-likelihood ratios of something that is found at `rate` anyway and at `expected` in a translation: found, and not found. */
function evidence(rate: number, expected: number): readonly [present: number, absent: number] {
  const chance = Math.min(rate, expected * 0.9)
  return [Math.log(expected / chance), Math.log((1 - expected) / (1 - chance))]
}
