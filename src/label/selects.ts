import type { Criterion, FeedRule } from '../domain/output-feed.ts'
import type { EntryFacts } from './entry-facts.ts'
import { isSameName, keywordFinder } from './folded.ts'

/** Whether a feed carries an entry. */
export function selects(rule: FeedRule, entry: EntryFacts): boolean {
  return whyNot(rule, entry) === undefined
}

/** The first condition of a feed that an entry does not meet, for people; undefined when it meets all. */
export function whyNot(rule: FeedRule, entry: EntryFacts): string | undefined {
  if (entry.kind === 'post' && rule.include === 'untranslated') return 'it carries articles that nobody has translated, and no posts'
  if (entry.kind === 'article' && rule.include === 'translated') return 'it carries posts, and no articles'
  const applies = ({ kind }: Criterion) => kind !== 'label' || bindsLabels(rule, entry)
  const meets = (criterion: Criterion) => isMet(criterion, entry)
  if (rule.label !== null && bindsLabels(rule, entry) && !entry.labels.includes(rule.label))
    return `it does not have the label ${rule.label}`
  const any = rule.any.filter(applies)
  if (any.length > 0 && !any.some(meets)) return `it has none of ${listed(any)}`
  const missing = rule.all.filter(applies).find(criterion => !meets(criterion))
  if (missing !== undefined) return `it does not have ${described(missing)}`
  const excluded = rule.none.filter(applies).find(meets)
  if (excluded !== undefined) return `it has ${described(excluded)}`
  const isOutlet = rule.outlets.length === 0 || rule.outlets.some(outlet => entry.outlets.includes(outlet))
  return isOutlet ? undefined : `it is of none of the outlets ${rule.outlets.join(', ')}`
}

/** Labels of which a post in the feed carries at least one; empty when the rule does not bound them. */
export function necessaryLabels({ label, all, any }: FeedRule): readonly string[] {
  if (label !== null) return [label]
  const [first] = labelsOf(all)
  if (first !== undefined) return [first]
  return any.every(({ kind }) => kind === 'label') ? labelsOf(any) : []
}

/** Outlets of which a post in the feed names or translates at least one; empty when the rule does not bound them. */
export function necessaryOutlets({ outlets, all, any }: FeedRule): FeedRule['outlets'] {
  if (outlets.length > 0) return outlets
  const ofAll = all.flatMap(criterion => (criterion.kind === 'outlet' ? [criterion.outlet] : []))
  if (ofAll.length > 0) return ofAll.slice(0, 1)
  const ofAny = any.flatMap(criterion => (criterion.kind === 'outlet' ? [criterion.outlet] : []))
  return ofAny.length === any.length ? ofAny : []
}

/** Whether a rule asks anything that takes the texts, authors or matches of entries to answer. */
export function asksOf(rule: FeedRule, kinds: readonly Criterion['kind'][]): boolean {
  return [...rule.any, ...rule.all, ...rule.none].some(({ kind }) => kinds.includes(kind))
}

// Articles have the labels of their outlets, not ours: where they come beside posts, labels choose among the posts.
function bindsLabels({ include }: FeedRule, { kind }: EntryFacts): boolean {
  return kind === 'post' || include === 'untranslated'
}

function isMet(criterion: Criterion, entry: EntryFacts): boolean {
  switch (criterion.kind) {
    case 'label':
      return entry.labels.includes(criterion.label)
    case 'outlet':
      return entry.outlets.includes(criterion.outlet)
    case 'author':
      return entry.authors.some(author => isSameName(author, criterion.name))
    case 'match':
      return entry.match === criterion.state
    case 'keyword':
      return entry.texts.some(keywordFinder(criterion.text))
  }
}

function labelsOf(criteria: readonly Criterion[]): readonly string[] {
  return criteria.flatMap(criterion => (criterion.kind === 'label' ? [criterion.label] : []))
}

function listed(criteria: readonly Criterion[]): string {
  const labels = labelsOf(criteria)
  return labels.length === criteria.length ? `the labels ${labels.join(', ')}` : `${criteria.map(described).join(', ')}`
}

function described(criterion: Criterion): string {
  switch (criterion.kind) {
    case 'label':
      return `the label ${criterion.label}`
    case 'outlet':
      return `the outlet ${criterion.outlet}`
    case 'author':
      return `the author ${criterion.name}`
    case 'match':
      return { accepted: 'an accepted original', proposed: 'a proposed original', none: 'the match state none' }[criterion.state]
    case 'keyword':
      return `the keyword ${criterion.text}`
  }
}
