const ASCII = /^[\x20-\x7e]*$/

/** Folds an English title to its letters and digits: two spellings of one headline give one key. */
export function titleKey(title: string): string {
  return words(title).join('')
}

/** The words of a title, folded: width, case, quotes and dashes do not count, "&" is "and". */
export function words(text: string): string[] {
  // Width and composition are nothing that ASCII has.
  const folded = (ASCII.test(text) ? text : text.normalize('NFKC'))
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’‘ʼ]/g, '')
  return folded.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** How alike two titles are: Dice's coefficient over their pairs of neighbouring words and their words, in [0, 1]. */
export function titleSimilarity(a: string, b: string): number {
  const left = features(words(a))
  const right = features(words(b))
  if (left.size === 0 || right.size === 0) return 0
  let shared = 0
  for (const feature of left) if (right.has(feature)) shared++
  return (2 * shared) / (left.size + right.size)
}

function features(list: readonly string[]): Set<string> {
  const set = new Set(list)
  for (let index = 1; index < list.length; index++) set.add(`${list[index - 1]} ${list[index]}`)
  return set
}
