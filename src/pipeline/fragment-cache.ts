/** Texts made once and kept while they fit, the least recently used leaving first. */
export interface FragmentCache {
  readonly get: (key: string, make: () => string) => string
}

/** @param maxCharacters the most the texts may hold together */
export function fragmentCache(maxCharacters: number): FragmentCache {
  const kept = new Map<string, string>()
  let characters = 0
  const drop = (key: string) => {
    characters -= kept.get(key)?.length ?? 0
    kept.delete(key)
  }
  return {
    get: (key, make) => {
      const text = kept.get(key) ?? make()
      drop(key)
      kept.set(key, text)
      characters += text.length
      for (const oldest of kept.keys()) {
        if (characters <= maxCharacters) break
        drop(oldest)
      }
      return text
    },
  }
}
