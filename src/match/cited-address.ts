import type { Article } from '../domain/article.ts'
import type { Candidate, Evidence } from '../domain/match.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { CitedAddress, Post } from '../domain/post.ts'
import { originalAt } from './operator-word.ts'

// A credit stands above or below the translation; a link in the midst of it is part of the text.
const OPENING_BLOCKS = 2
const CLOSING_BLOCKS = 4

/** Tier 2, decided: one article is credited, or several addresses compete, or the post merely mentions an article. */
export type CitationVerdict =
  | { readonly kind: 'credited'; readonly candidate: Candidate; readonly others: readonly Candidate[] }
  | { readonly kind: 'unclear'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'none' }

/**
 * Tier 2: the address of an article on a known outlet's host in the body. Several addresses are told apart by the
 * credit line, then by the outlet the title names; where neither decides, none is forced (FIELD-NOTES §6, layout G).
 */
export function citationVerdict(post: Post, articles: readonly Article[], directory: OutletDirectory): CitationVerdict {
  if (post.cited.length === 0) return { kind: 'none' }
  const toCandidate = (cited: CitedAddress) => citedCandidate(cited, post, articles, directory)
  const credited = decisive(post)
  if (credited !== undefined) {
    const others = post.cited.filter(cited => cited !== credited)
    return { kind: 'credited', candidate: toCandidate(credited), others: others.map(toCandidate) }
  }
  return { kind: 'unclear', candidates: post.cited.map(toCandidate) }
}

function decisive(post: Post): CitedAddress | undefined {
  const only = (list: readonly CitedAddress[]) => (list.length === 1 ? list[0] : undefined)
  const named = post.cited.filter(cited => post.outlets.includes(cited.outlet))
  const credits = post.cited.filter(cited => cited.isCredit)
  const namedCredits = credits.filter(cited => post.outlets.includes(cited.outlet))
  const clear = only(namedCredits) ?? only(credits) ?? only(named)
  if (clear !== undefined) return clear
  const single = only(post.cited)
  return single !== undefined && isAtAnEnd(single, post) ? single : undefined
}

function isAtAnEnd(cited: CitedAddress, post: Post): boolean {
  const blocks = post.text.split('\n').length
  return cited.block < OPENING_BLOCKS || cited.block >= blocks - CLOSING_BLOCKS
}

function citedCandidate(cited: CitedAddress, post: Post, articles: readonly Article[], directory: OutletDirectory): Candidate {
  const evidence: Evidence[] = [{ kind: 'cited-address', url: cited.url, as: cited.as, isCredit: cited.isCredit }]
  if (post.outlets.includes(cited.outlet)) evidence.push({ kind: 'outlet-named', outlet: cited.outlet })
  const score = cited.isCredit ? 0.99 : 0.95
  return { tier: 2, score, original: originalAt(cited.url, articles, directory), evidence }
}
