import type { Instant } from '../../src/domain/time.ts'
import type { Knowledge } from './ghost-knowledge.ts'
import type { Blog, Notes, Outlet, WordpressBlog } from './ghost-publishers.ts'
import type { Settings } from './ghost-settings.ts'

/** What events happen to. */
export interface Month {
  readonly random: () => number
  /** A full second of the clock that no event had before. */
  readonly now: () => Instant
  readonly alpha: Outlet
  readonly beta: Outlet
  readonly blogger: Blog
  readonly wordpress: WordpressBlog
  readonly notes: Notes
  readonly settings: Settings
  /** Samples that have been published. */
  readonly translated: Set<string>
  readonly knowledge: () => Knowledge
  /** Puts the settings in force. */
  readonly reconfigure: () => Promise<void>
  readonly restart: (how?: { readonly restored?: boolean; readonly version?: string }) => Promise<void>
  /** Copies the state as it is after the next cycle. */
  readonly backUp: () => void
  /** Lets the next cycle end in a crash. */
  readonly crash: (at: 'match' | 'publish' | 'written') => void
  readonly acceptShrink: () => void
  readonly withdraw: (id: string, isUndone?: boolean) => Promise<void>
  /** Does something some cycles from now. */
  readonly later: (cycles: number, what: () => void | Promise<void>) => void
}

/** One of a list, by chance. */
export function pick<T>({ random }: Pick<Month, 'random'>, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('expected something to choose from')
  return one
}
