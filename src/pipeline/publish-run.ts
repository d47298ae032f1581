import type { Clock } from '../domain/time.ts'
import { type Document, publishDocuments, withdrawDocuments } from '../publish/publish-documents.ts'
import type { Publication } from '../store/publication-store.ts'
import type { Store } from '../store/store.ts'
import type { Standing } from './publish-deps.ts'
import type { LeftOut } from './render-feed.ts'

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

  /** Publishes documents; returns whether all of them were. @param inputDigest what all of them, or each by its path, were made from */
  async publish(documents: readonly Document[], inputDigest: string | ((path: string) => string), allowShrink: boolean): Promise<boolean> {
    this.keep(documents.map(({ path }) => path))
    const outcomes = await publishDocuments(this.deps.folder, documents, { allowShrink, now: this.deps.now })
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
