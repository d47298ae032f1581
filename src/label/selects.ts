import type { OutletId } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'

/** Whether a feed carries a post with these labels, which names or translates these outlets. */
export function selectsPost(rule: FeedRule, labels: readonly string[], outlets: readonly OutletId[]): boolean {
  return whyNotPost(rule, labels, outlets) === undefined
}

/** The first condition of a feed that a post does not meet, for people; undefined when it meets all. */
export function whyNotPost(rule: FeedRule, labels: readonly string[], outlets: readonly OutletId[]): string | undefined {
  const has = (label: string) => labels.includes(label)
  if (rule.label !== null && !has(rule.label)) return `it does not have the label ${rule.label}`
  if (rule.any.length > 0 && !rule.any.some(has)) return `it has none of the labels ${rule.any.join(', ')}`
  const missing = rule.all.find(label => !has(label))
  if (missing !== undefined) return `it does not have the label ${missing}`
  const excluded = rule.none.find(has)
  if (excluded !== undefined) return `it has the label ${excluded}`
  const isOutlet = rule.outlets.length === 0 || rule.outlets.some(outlet => outlets.includes(outlet))
  return isOutlet ? undefined : `it is of none of the outlets ${rule.outlets.join(', ')}`
}

/** Labels of which a post in the feed carries at least one; empty when the rule does not bound them. */
export function necessaryLabels(rule: FeedRule): readonly string[] {
  if (rule.label !== null) return [rule.label]
  const [first] = rule.all
  return first === undefined ? rule.any : [first]
}
