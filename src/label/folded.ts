const SPACES = /\s+/gu
const LATIN = /[\p{Script=Latin}\p{N}]/u

/** Whether two names are the same but for width, case, spaces and punctuation. */
export function isSameName(a: string, b: string): boolean {
  const name = nameKey(a)
  return name !== '' && name === nameKey(b)
}

/**
 * Gives what tells whether a text has a keyword in it, whatever their width and case. Latin letters and digits at its ends
 * must be the ends of words: "AI" is not in "said". Japanese is found anywhere, as it has no spaces.
 */
export function keywordFinder(keyword: string): (text: string) => boolean {
  const wanted = folded(keyword).trim()
  const startsWord = LATIN.test([...wanted][0] ?? '')
  const endsWord = LATIN.test([...wanted].at(-1) ?? '')
  return text => {
    const searched = folded(text)
    for (let at = searched.indexOf(wanted); wanted !== '' && at >= 0; at = searched.indexOf(wanted, at + 1)) {
      const end = at + wanted.length
      if (!(startsWord && LATIN.test(searched.charAt(at - 1))) && !(endsWord && LATIN.test(searched.charAt(end)))) return true
    }
    return false
  }
}

function nameKey(name: string): string {
  return folded(name).replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(SPACES, ' ')
}
