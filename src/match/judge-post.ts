import type { Article } from '../domain/article.ts'
import type { Candidate, Judgement, Match, MatchState } from '../domain/match.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Post } from '../domain/post.ts'
import { citationVerdict } from './cited-address.ts'
import type { KnownArticles, SpanArticles } from './known-articles.ts'
import { type OperatorWord, statedCandidate } from './operator-word.ts'
import { lineCandidates, mayHaveTitle } from './title-or-byline.ts'

// Two titles or bylines this close say the same of two articles: the operator decides.
const LINE_MARGIN = 0.05
const CONTENT_MARGIN = 0.03
const RUNNERS_UP = 5

/**
 * Judges which article a post translates, strongest evidence first: the operator's word, an address in the body, an
 * English title or a byline, what both texts say. The first three accept, the last where it is sure enough; where the
 * evidence does not single out one article, the best is proposed or none is named. Equal input gives an equal judgement.
 *
 * @param context.acceptAbove probability from which what both texts say is enough
 * @param context.proposeAbove probability from which it makes a proposal
 */
export async function judgePost(
  post: Post,
  known: KnownArticles,
  context: {
    readonly operator: OperatorWord | undefined
    readonly directory: OutletDirectory
    readonly acceptAbove: number
    readonly proposeAbove: number
  },
): Promise<Judgement> {
  const { operator, directory } = context
  if (operator?.url === null)
    return { kind: 'none', post: post.key, because: `the operator says it translates nothing (${operator.where})`, runnersUp: [] }
  const lines = distinctOriginals(lineCandidates(post, known))
  const citation = citationVerdict(post, known.byAddress, directory)
  const stated = statedCandidate(post, operator, [...known.byAddress, ...known.byTitle], directory)
  if (stated !== undefined) return decided(post, 'accepted', stated, [...cited(citation), ...lines])
  if (citation.kind === 'credited') return decided(post, 'accepted', citation.candidate, [...citation.others, ...lines])
  const byLines = fromLines(post, lines, citation)
  const isSettled = !mayHaveTitle(post) || (isTitled(lines[0]) && isClear(lines, LINE_MARGIN))
  if (byLines !== undefined && isSettled) return byLines
  const inSpan = await known.inSpan()
  const alike = isSettled ? lines : distinctOriginals(lineCandidates(post, known, inSpan.titledLike))
  return fromLines(post, alike, citation) ?? fromContent(post, inSpan, context)
}

/** What title and byline come to, and addresses that leave it open; undefined where there is none of these. */
function fromLines(post: Post, lines: readonly Candidate[], citation: ReturnType<typeof citationVerdict>): Judgement | undefined {
  const line = lines[0]
  if (line !== undefined && isClear(lines, LINE_MARGIN)) return decided(post, 'accepted', line, [...cited(citation), ...lines.slice(1)])
  if (citation.kind === 'unclear') return unclear(post, citation.candidates, lines)
  return line === undefined ? undefined : unclear(post, lines, [])
}

/** Before the articles of the time are asked, only a title to the letter is one. */
function isTitled(line: Candidate | undefined): boolean {
  return line?.evidence.some(({ kind }) => kind === 'english-title') === true
}

function fromContent(
  post: Post,
  inSpan: SpanArticles,
  { acceptAbove, proposeAbove }: { readonly acceptAbove: number; readonly proposeAbove: number },
): Judgement {
  const candidates = distinctOriginals(inSpan.candidates(post))
  const best = candidates[0]
  const runnersUp = candidates.slice(0, RUNNERS_UP)
  if (best === undefined) {
    const because =
      post.outlets.length > 0 && isEmpty(inSpan.articles)
        ? 'no article of the outlet it names is known from its time'
        : 'it cites no article, and no known article from its time shares a name or a number with it'
    return { kind: 'none', post: post.key, because, runnersUp }
  }
  if (best.score < proposeAbove) {
    return {
      kind: 'none',
      post: post.key,
      because: `it cites no article, and the best candidate has a probability of ${best.score.toFixed(2)}, below ${proposeAbove}`,
      runnersUp,
    }
  }
  if (!isClear(candidates, CONTENT_MARGIN)) {
    return { kind: 'none', post: post.key, because: 'it cites no article, and several candidates share as much with it', runnersUp }
  }
  return decided(post, best.score >= acceptAbove ? 'accepted' : 'proposed', best, candidates.slice(1))
}

function isEmpty(articles: Iterable<Article>): boolean {
  return articles[Symbol.iterator]().next().done === true
}

/** Several articles are cited and nothing decides between them; one that is merely mentioned is proposed. */
function unclear(post: Post, candidates: readonly Candidate[], others: readonly Candidate[]): Judgement {
  const [only, ...more] = candidates
  const between = candidates.map(({ original }) => original.url ?? original.title ?? '')
  if (only === undefined) return { kind: 'none', post: post.key, because: 'it cites no article', runnersUp: others.slice(0, RUNNERS_UP) }
  if (more.length === 0) return decided(post, 'proposed', only, others)
  const contested = { ...only, evidence: [...only.evidence, { kind: 'ambiguous', between } as const] }
  return decided(post, 'proposed', contested, [...more, ...others])
}

/** The best candidate of each article: sections of an outlet may carry one article under ids of their own. */
function distinctOriginals(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string | null>()
  return candidates.filter(({ original: { address, entry } }) => {
    const name = address ?? entry
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew
  })
}

function isClear(candidates: readonly Candidate[], margin: number): boolean {
  const [best, second] = candidates
  if (best === undefined || second === undefined) return best !== undefined
  const named = ({ evidence }: Candidate) => evidence.some(({ kind }) => kind === 'outlet-named')
  return best.score - second.score >= margin || (named(best) && !named(second))
}

function cited(verdict: ReturnType<typeof citationVerdict>): readonly Candidate[] {
  if (verdict.kind === 'none') return []
  return verdict.kind === 'credited' ? [verdict.candidate, ...verdict.others] : verdict.candidates
}

function decided(post: Post, state: MatchState, winner: Candidate, others: readonly Candidate[]): Judgement {
  const sameOriginal = ({ original }: Candidate) => original.entry === winner.original.entry && original.address === winner.original.address
  const match: Match = {
    post: post.key,
    state,
    decidedBy: winner.evidence.some(({ kind }) => kind === 'operator-pair') ? 'operator' : 'machine',
    original: winner.original,
    tier: winner.tier,
    score: winner.score,
    evidence: winner.evidence,
    runnersUp: others.filter(other => !sameOriginal(other)).slice(0, RUNNERS_UP),
  }
  return { kind: 'match', match }
}
