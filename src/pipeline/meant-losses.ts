import type { PostSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { AutomaticFeeds, Criterion, FeedRule, RequestedFeed } from '../domain/output-feed.ts'
import type { Clock } from '../domain/time.ts'
import type { Store } from '../store/store.ts'
import { digestOf } from './digest.ts'

/** Which losses the operator has asked for by changing the config; any other may be an accident. */
export interface MeantLosses {
  /** A feed that selects otherwise than when it was last published, or whose entries leave it as they are translated. */
  readonly mayShrink: (rule: Pick<FeedRule, 'slug' | 'include'>) => boolean
  /** A feed that is no more though its label may well be on posts. */
  readonly mayVanish: (slug: string) => boolean
  /** Notes what is selected now, for the next time. */
  readonly remember: () => Promise<void>
}

interface Selections {
  readonly sources: string
  /** Slugs of the feeds the operator asked for. */
  readonly requested: readonly string[]
  /** Of the feeds that there are by themselves, what each is of: `all`, `untranslated` or `outlet <id>`; absent from earlier versions. */
  readonly automatic?: Readonly<Record<string, string>>
  /** Digests of the rules by slug. */
  readonly rules: Readonly<Record<string, string>>
}

const PUBLISHED_SELECTIONS = 'published-selections'

/** Compares what is to be published with what was selected when publishing last had something to do. */
export async function meantLosses(
  deps: {
    readonly store: Pick<Store, 'posts' | 'publications' | 'notices'>
    readonly requested: readonly RequestedFeed[]
    readonly hideLabels: readonly string[]
    readonly feeds: AutomaticFeeds
    readonly directory: OutletDirectory
    readonly postSources: readonly Pick<PostSource, 'id' | 'onlyLabels'>[]
    readonly now: Clock
  },
  rules: readonly FeedRule[],
): Promise<MeantLosses> {
  const { store, hideLabels, feeds, directory, requested, postSources, now } = deps
  const before = ((await store.notices.get(PUBLISHED_SELECTIONS))?.document ?? {}) as Partial<Selections>
  const current = selectionsOf(rules, requested.length, postSources)
  const hasOtherSources = before.sources !== undefined && before.sources !== current.sources
  const labels = new Map([...(await store.publications.labelSlugs())].map(([label, slug]) => [slug as string, label]))
  const alive = new Set((await store.posts.labels()).map(({ label }) => label))
  return {
    mayShrink: ({ slug, include }) =>
      hasOtherSources || include === 'untranslated' || (before.rules?.[slug] !== undefined && before.rules[slug] !== current.rules[slug]),
    mayVanish: slug => {
      const subject = before.automatic?.[slug]
      if (subject !== undefined) return hasOtherSources || !isStillWanted(subject, feeds, directory)
      const label = labels.get(slug)
      // Where posts still carry its label, the operator has hidden it or given its feed another name.
      const isAnswered = label !== undefined && (alive.has(label) || hideLabels.includes(label))
      return hasOtherSources || isAnswered || before.requested?.includes(slug) === true
    },
    remember: () => store.notices.put(PUBLISHED_SELECTIONS, current, now()),
  }
}

function selectionsOf(
  rules: readonly FeedRule[],
  requested: number,
  postSources: readonly Pick<PostSource, 'id' | 'onlyLabels'>[],
): Selections {
  const selected = rules.map(({ slug, label, any, all, none, outlets, include, limit }) => {
    const criteria = [any, all, none].map(list => list.map(plain))
    return [slug, digestOf(JSON.stringify([label, ...criteria, outlets, include, limit]))] as const
  })
  const automatic = rules.slice(requested).flatMap(({ slug, kind, outlets }) => {
    return kind === 'label' ? [] : [[slug, kind === 'outlet' ? `outlet ${outlets.join()}` : kind] as const]
  })
  return {
    sources: digestOf(JSON.stringify(postSources.map(({ id, onlyLabels }) => [id, onlyLabels]))),
    requested: rules.slice(0, requested).map(({ slug }) => slug),
    automatic: Object.fromEntries(automatic),
    rules: Object.fromEntries(selected),
  }
}

/** Whether the operator would have an automatic feed; what is missing all the same is missing by accident. */
function isStillWanted(subject: string, feeds: AutomaticFeeds, directory: OutletDirectory): boolean {
  if (subject === 'all') return feeds.all
  if (subject === 'untranslated') return feeds.untranslated
  return feeds.outlets && directory.all.some(({ id }) => `outlet ${id}` === subject)
}

// A label stands for itself, as it did when there was nothing else: a new version of the program is no change of the config.
function plain(criterion: Criterion): unknown {
  return criterion.kind === 'label' ? criterion.label : criterion
}
