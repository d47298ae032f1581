import type { Clock } from '../domain/time.ts'
import { openPress } from '../publish/press.ts'
import { type Document, publishDocuments, withdrawDocuments } from '../publish/publish-documents.ts'
import type { Publication } from '../store/publication-register.ts'
import type { Store } from '../store/store.ts'
import type { Standing } from './publish-deps.ts'
import type { LeftOut } from './render-feed.ts'

// While some are compressed and flushed, the next are rendered: as much as keeps a disk busy, and is soon let go of.
const UNDER_WAY_CHARACTERS = 2_000_000

/** One run of publishing: writes, records what it wrote, and remembers what it did not. */
export class PublishRun {
  private readonly deps: {
    readonly store: Pick<Store, 'publications'>
    readonly folder: string
    readonly now: Clock
    readonly onWritten?: () => void
  }
  private readonly standing: Standing
  private readonly wanted = new Set<string>()
  private readonly written: string[] = []
  private readonly withdrawn: string[] = []
  private readonly refused: { readonly path: string; readonly because: string }[] = []
  private readonly leftOut = new Map<string, LeftOut>()
  private unchanged = 0
  private readonly underWay = new Set<Promise<unknown>>()
  private charactersUnderWay = 0
  private last: Promise<unknown> = Promise.resolve()
  private readonly press = openPress()

  constructor(deps: PublishRun['deps'], standing: Standing) {
    this.deps = deps
    this.standing = standing
  }

  /** Whether all of these documents were made from this input. */
  isCurrent(paths: readonly string[], inputDigest: string): boolean {
    const { known, intact } = this.standing
    const isCurrent = paths.every(path => intact.has(path) && known.get(path)?.inputDigest === inputDigest)
    if (isCurrent) {
      this.keep(paths)
      this.unchanged += paths.length
    }
    return isCurrent
  }

  /** Whether all of these files stood there when the run began. */
  stands(paths: readonly string[]): boolean {
    return paths.every(path => this.standing.present.has(path))
  }

  /** In the order to publish them: what does not stand yet comes before what may lead to it. */
  newFirst<T>(items: readonly T[], pathsOf: (item: T) => readonly string[]): readonly T[] {
    const isNew = (item: T) => !this.stands(pathsOf(item))
    return [...items.filter(isNew), ...items.filter(item => !isNew(item))]
  }

  /**
   * Publishes documents; returns whether all of them were. Those that were given to the run before are put in place and
   * on record before; if that fails, nothing of these is.
   *
   * @param inputDigest what all of them, or each by its path, were made from
   */
  publish(documents: readonly Document[], inputDigest: string | ((path: string) => string), allowShrink: boolean): Promise<boolean> {
    this.keep(documents.map(({ path }) => path))
    const before = this.last
    const publishing = this.publishAfter(before, documents, inputDigest, allowShrink)
    this.last = publishing
    const characters = documents.reduce((sum, { text }) => sum + text.length, 0)
    this.underWay.add(publishing)
    this.charactersUnderWay += characters
    const done = () => {
      this.underWay.delete(publishing)
      this.charactersUnderWay -= characters
    }
    // One that has failed stays, for whoever waits next.
    publishing.then(done, () => {})
    return publishing
  }

  /** The same, to be awaited before the next documents are made: it waits until there is room for them, and in the end for nothing. */
  async publishSoon(...publishing: Parameters<PublishRun['publish']>): Promise<void> {
    this.publish(...publishing)
    while (this.charactersUnderWay >= UNDER_WAY_CHARACTERS) await Promise.race(this.underWay)
  }

  /** Waits for everything that is under way. */
  async settled(): Promise<void> {
    await this.last
  }

  /** Ends the run when nothing is written any more, whatever became of it. */
  async end(): Promise<void> {
    await Promise.allSettled(this.underWay)
    await this.press.close()
  }

  private async publishAfter(
    before: Promise<unknown>,
    documents: readonly Document[],
    inputDigest: string | ((path: string) => string),
    allowShrink: boolean,
  ): Promise<boolean> {
    const turn = async () => {
      await before
    }
    const { prepare } = this.press
    const outcomes = await publishDocuments(this.deps.folder, documents, { allowShrink, now: this.deps.now, turn, prepare })
    const recorded: Publication[] = []
    for (const outcome of outcomes) {
      if (outcome.kind === 'refused') {
        this.refuse(outcome.path, outcome.because)
        continue
      }
      const madeFrom = typeof inputDigest === 'string' ? inputDigest : inputDigest(outcome.path)
      recorded.push({ path: outcome.path, inputDigest: madeFrom, byteDigest: outcome.byteDigest, entries: outcome.entries })
      if (outcome.kind === 'written') this.written.push(outcome.path)
      else this.unchanged++
    }
    await this.deps.store.publications.record(recorded, this.deps.now())
    if (outcomes.some(({ kind }) => kind === 'written')) this.deps.onWritten?.()
    return recorded.length === outcomes.length
  }

  /** These documents belong to what is published, whether or not they were written this time. */
  keep(paths: readonly string[]): void {
    for (const path of paths) this.wanted.add(path)
  }

  isWanted(path: string): boolean {
    return this.wanted.has(path)
  }

  refuse(path: string, because: string): void {
    this.refused.push({ path, because })
  }

  hasRefused(): boolean {
    return this.refused.length > 0
  }

  leaveOut(entries: readonly LeftOut[]): void {
    for (const entry of entries) this.leftOut.set(entry.id, entry)
  }

  async withdraw(paths: readonly string[]): Promise<void> {
    await withdrawDocuments(this.deps.folder, paths)
    await this.deps.store.publications.forget(paths)
    this.withdrawn.push(...paths)
  }

  report() {
    const { written, unchanged, withdrawn, refused, leftOut } = this
    return { written, unchanged, withdrawn, refused, leftOut: [...leftOut.values()] }
  }
}
