/** Values under names, of a bounded size in all: the one that was set longest ago leaves first. */
export interface ByteBoundedCache<T> {
  readonly get: (name: string) => T | undefined
  /** Keeps a value, last to leave; one that is larger than the whole is not kept. */
  readonly set: (name: string, value: T, bytes: number) => void
  readonly delete: (name: string) => void
}

export function byteBoundedCache<T>(maxBytes: number): ByteBoundedCache<T> {
  const kept = new Map<string, { readonly value: T; readonly bytes: number }>()
  let total = 0
  const drop = (name: string) => {
    total -= kept.get(name)?.bytes ?? 0
    kept.delete(name)
  }
  return {
    get: name => kept.get(name)?.value,
    set: (name, value, bytes) => {
      drop(name)
      kept.set(name, { value, bytes })
      total += bytes
      // A map gives its keys in the order they were set.
      for (const oldest of kept.keys()) {
        if (total <= maxBytes) break
        drop(oldest)
      }
    },
    delete: drop,
  }
}
