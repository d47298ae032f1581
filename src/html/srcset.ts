/**
 * Reads a `srcset` (HTML, "Images": image candidate strings) and writes it back with its addresses replaced.
 * Candidates with an unknown descriptor, or for which `resolve` gives undefined, are left out; undefined when none is left.
 */
export function resolvedSrcset(srcset: string, resolve: (address: string) => string | undefined): string | undefined {
  const candidates: string[] = []
  for (const { address, descriptor } of candidatesOf(srcset)) {
    const resolved = resolve(address)
    if (resolved === undefined || !/^(?:\d{1,5}w|\d{1,2}(?:\.\d{1,3})?x)?$/.test(descriptor)) continue
    // A comma at an end would be read as the end of the candidate.
    candidates.push(`${resolved.replace(/,$/, '%2C')} ${descriptor}`.trim())
  }
  return candidates.length === 0 ? undefined : candidates.join(', ')
}

function* candidatesOf(srcset: string): Generator<{ readonly address: string; readonly descriptor: string }> {
  let address = ''
  let descriptor = ''
  const queue = srcset.split(/[ \t\n\f\r]+/).reverse()
  for (let word = queue.pop(); word !== undefined; word = queue.pop()) {
    if (address === '') {
      const isWhole = word.endsWith(',')
      address = trimmedCommas(word)
      if (!isWhole || address === '') continue
    } else {
      const comma = word.indexOf(',')
      descriptor += comma === -1 ? word : word.slice(0, comma)
      if (comma === -1) continue
      queue.push(word.slice(comma + 1))
    }
    yield { address, descriptor }
    address = ''
    descriptor = ''
  }
  if (address !== '') yield { address, descriptor }
}

function trimmedCommas(word: string): string {
  let start = 0
  let end = word.length
  while (word[start] === ',') start++
  while (end > start && word[end - 1] === ',') end--
  return word.slice(start, end)
}
