/** Texts made once and kept while they fit, the least recently used leaving first. */
export interface FragmentCache {
  readonly find: (key: string) => string | undefined
  readonly keep: (key: string, text: string) => void
}

/** @param maxCharacters the most the texts may hold together */
export function fragmentCache(maxCharacters: number): FragmentCache {
  const kept = new Map<string, string>()
  let characters = 0
  const drop = (key: string) => {
    characters -= kept.get(key)?.length ?? 0
    kept.delete(key)
  }
  const keep = (key: string, text: string) => {
    drop(key)
    kept.set(key, text)
    characters += text.length
    for (const oldest of kept.keys()) {
      if (characters <= maxCharacters) break
      drop(oldest)
    }
  }
  return {
    keep,
    find: key => {
      const text = kept.get(key)
      if (text !== undefined) keep(key, text)
      return text
    },
  }
}
