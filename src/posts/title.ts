import type { OutletId } from '../domain/identifiers.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import { looksLikeOutlet, outletCalled, outletsIn } from './outlet-mention.ts'
import { type Dash, type Group, titleStructure } from './title-structure.ts'

/** A post's title, taken apart. */
export interface ReadTitle {
  /** Never empty unless the title is blank. */
  readonly headline: string
  readonly comment?: string
  /** In order of appearance, without repeats. */
  readonly outlets: readonly OutletId[]
  /**
   * How the title cites, as written between the brackets, extras included. Also what merely looks like an outlet: such
   * a text stays in the headline (or comment), since it could as well be 北朝鮮(DPRK), but an operator may want to list it.
   */
  readonly citedAs: readonly string[]
}

/**
 * Reads the grammar in which translators title their posts (FIELD-NOTES §6): `JA(O)―C`, `JA―C(O)`, `JA(O、O2)`,
 * `JA [O]`, `【O】JA`, `O：JA`, `JA―O` and so on, in both widths, with any kind of dash.
 *
 * Brackets cite an outlet only at an edge: at the end, at the start or before a dash. Within a sentence,
 * 戦略国際問題研究所(CSIS)の…, they explain. The dash after a citation splits the title even where the headline has one of
 * its own; otherwise the first dash does, as a comment may contain further ones. Without an outlet, only the long
 * dashes ― — ─ split. A headline that keeps no dash reads as itself again.
 */
export function readTitle(title: string, directory: OutletDirectory): ReadTitle {
  const whole = title.trim()
  if (whole.length > LONGEST_TITLE) return { headline: whole, outlets: [], citedAs: [] }
  const { groups, dashes, colons } = titleStructure(whole)
  const cites = groups.map(group => ({ ...group, outlets: outletsIn(group.inner, directory) }))
  const prefix = readPrefix(whole, dashes, colons, directory)
  const rest: Part = { from: prefix.end, to: whole.length }
  const dash = separatorIn(
    whole,
    rest,
    dashes.filter(({ start }) => start >= rest.from),
    cites,
    prefix.citations.length > 0,
  )
  const headline = withoutCites(whole, dash === undefined ? rest : { from: rest.from, to: dash.start }, cites)
  const comment = commentOf(whole, dash, cites, directory)
  const citations = [...prefix.citations, ...headline.citations, ...comment.citations]
  const texts = [headline.text, comment.text].filter(text => text !== '')
  return {
    headline: texts[0] ?? whole,
    ...(texts[1] === undefined ? {} : { comment: texts[1] }),
    outlets: [...new Set(citations.flatMap(({ outlets }) => outlets))],
    citedAs: citations.map(({ as }) => as),
  }
}

// Beyond this it is a pasted article; the seed's longest title has 93 characters.
const LONGEST_TITLE = 1000

interface Part {
  readonly from: number
  readonly to: number
}

interface Cite extends Group {
  readonly outlets: readonly OutletId[]
}

interface Citation {
  readonly as: string
  readonly outlets: readonly OutletId[]
}

interface Cut {
  readonly text: string
  readonly citations: readonly Citation[]
}

/** What may stand between a citation and the edge it belongs to. */
const PUNCTUATION_ONLY = /^[\s。．.!！?？…‥、,■□◆◇★☆●※]*$/u

/** Reads `O：` and `O―` before the headline. */
function readPrefix(
  whole: string,
  dashes: readonly Dash[],
  colons: readonly number[],
  directory: OutletDirectory,
): { readonly end: number; readonly citations: readonly Citation[] } {
  const marks = [...dashes.filter(({ strength }) => strength !== 'doubtful'), ...colons.map(start => ({ start, end: start + 1 }))]
  marks.sort((a, b) => a.start - b.start)
  const citations: Citation[] = []
  let end = 0
  for (const mark of marks) {
    const name = whole.slice(end, mark.start)
    const outlet = outletCalled(name, directory)
    if (outlet === undefined || mark.end === whole.length) break
    citations.push({ as: name.trim(), outlets: [outlet] })
    end = mark.end
  }
  return { end, citations }
}

function separatorIn(whole: string, part: Part, dashes: readonly Dash[], cites: readonly Cite[], hasPrefix: boolean): Dash | undefined {
  const isCited = (at: number) => groupsBefore(whole, at, part.from, cites).some(({ outlets }) => outlets.length > 0)
  const afterCite = dashes.find(dash => isCited(dash.start))
  if (afterCite !== undefined) return afterCite
  const long = dashes.find(({ strength }) => strength === 'long')
  const isCiting = hasPrefix || isCited(part.to) || groupsAfter(whole, part, cites).some(({ outlets }) => outlets.length > 0)
  return long ?? (isCiting ? dashes.find(({ strength }) => strength === 'short') : undefined)
}

function commentOf(whole: string, dash: Dash | undefined, cites: readonly Cite[], directory: OutletDirectory): Cut {
  if (dash === undefined) return { text: '', citations: [] }
  const comment = withoutCites(whole, { from: dash.end, to: whole.length }, cites)
  const outlet = outletCalled(comment.text, directory)
  if (outlet === undefined) return comment
  return { text: '', citations: [{ as: comment.text, outlets: [outlet] }, ...comment.citations] }
}

/** A part of the title without the citations at its edges. */
function withoutCites(whole: string, part: Part, cites: readonly Cite[]): Cut {
  const atEnd = groupsBefore(whole, part.to, part.from, cites)
  const atEdges = new Set([...groupsAfter(whole, part, cites), ...atEnd])
  const citations: Citation[] = []
  let text = ''
  let from = part.from
  for (const group of atEdges) {
    if (group.outlets.length > 0) {
      text = joined(text, whole.slice(from, group.start))
      from = group.end
    }
    if (group.outlets.length > 0 || (atEnd.includes(group) && looksLikeOutlet(group.inner)))
      citations.push({ as: group.inner.trim(), outlets: group.outlets })
  }
  return { text: joined(text, whole.slice(from, part.to)).trim(), citations }
}

/** Closes the gap a citation leaves: one space where there was one on the right, none before punctuation. */
function joined(left: string, right: string): string {
  return left.trimEnd() + (left !== '' && /^\s/u.test(right) ? ' ' : '') + right.trimStart()
}

/** The groups that end at `at` with nothing but punctuation between and behind them, in order of appearance. */
function groupsBefore(whole: string, at: number, from: number, cites: readonly Cite[]): readonly Cite[] {
  const found: Cite[] = []
  let edge = at
  for (let index = cites.findLastIndex(({ end }) => end <= at); index >= 0; index--) {
    const group = cites[index]
    if (group === undefined || group.start < from || !PUNCTUATION_ONLY.test(whole.slice(group.end, edge))) break
    found.unshift(group)
    edge = group.start
  }
  return found
}

/** The groups a part begins with. */
function groupsAfter(whole: string, part: Part, cites: readonly Cite[]): readonly Cite[] {
  const found: Cite[] = []
  let edge = part.from
  for (const group of cites) {
    if (group.start < part.from) continue
    if (group.end > part.to || whole.slice(edge, group.start).trim() !== '') break
    found.push(group)
    edge = group.end
  }
  return found
}
