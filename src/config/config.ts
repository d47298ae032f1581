import type { Outlet, OutletSource, PostSource } from '../domain/outlet.ts'
import type { AutomaticFeeds, RequestedFeed } from '../domain/output-feed.ts'
import type { Site } from '../domain/site.ts'
import type { ServerSettings } from './server-settings.ts'

/** How much is logged, from most to least. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** A line of `glossary.tsv`: an expression of the operator's own trade, with its renderings. */
export interface GlossaryEntry {
  readonly english: string
  readonly japanese: readonly string[]
}

/** A line of `pairs.csv`: the operator's word that a post translates an article. */
export interface OperatorPair {
  readonly postUrl: string
  /** Null where the operator says that the post translates nothing. */
  readonly originalUrl: string | null
  /** `config/pairs.csv:3` */
  readonly where: string
}

/** The config, checked and in our own units (milliseconds, bytes, absolute paths). */
export interface Config {
  readonly folder: string
  readonly site: Site
  readonly server: ServerSettings
  readonly storeFile: string
  readonly publish: {
    readonly folder: string
    readonly limit: number
    readonly hideLabels: readonly string[]
    readonly archiveSize: number
    readonly feeds: AutomaticFeeds
  }
  readonly polling: {
    readonly tick: string
    readonly timeoutMs: number
    readonly maxBytes: number
    readonly concurrency: number
    readonly perHost: number
    readonly contact: string
    readonly allowHosts: readonly string[]
    readonly usesWebSub: boolean
  }
  readonly websub: {
    /** Of others, each once. */
    readonly hubs: readonly string[]
    readonly isHub: boolean
    readonly maxSubscriptions: number
    readonly maxPerHost: number
    /** Hosts of subscribers that may have private addresses. */
    readonly allowHosts: readonly string[]
  }
  readonly matching: {
    readonly windowMs: number
    readonly acceptAbove: number
    readonly proposeAbove: number
    /** EDICT or JMdict for what the lexicon lacks; its size tells one edition from the next. */
    readonly dictionary: { readonly file: string; readonly bytes: number } | null
  }
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly outlets: readonly Outlet[]
  readonly outletSources: readonly OutletSource[]
  readonly postSources: readonly PostSource[]
  readonly feeds: readonly RequestedFeed[]
  readonly pairs: readonly OperatorPair[]
  readonly glossary: readonly GlossaryEntry[]
  /** Digest of all that reading and matching posts depends on; a new one means every post is judged again. */
  readonly judgementDigest: string
}

/** Something the operator should mend, with its place: `config/sources.yaml:12:5: outlets[0].hosts: expected …, got …`. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly file: string
  /** 1-based; 0 where the problem has no place. */
  readonly line: number
  readonly column: number
  readonly message: string
}

/** The problem on one line, as compilers print it. */
export function describeProblem(problem: Problem): string {
  const place = problem.line === 0 ? problem.file : `${problem.file}:${problem.line}:${problem.column}`
  return `${place}: ${problem.severity === 'warning' ? 'warning: ' : ''}${problem.message}`
}
