/** Whether two bylines name the same person: every word of the shorter name, initials aside, occurs in the longer. */
export function isSamePerson(a: string, b: string): boolean {
  const left = nameWords(a)
  const right = nameWords(b)
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  return short.length >= 2 && short.every(word => long.includes(word))
}

function nameWords(name: string): string[] {
  const folded = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return (folded.match(/\p{L}+/gu) ?? []).filter(word => word.length > 1 && !TITLES.has(word))
}

const TITLES: ReadonlySet<string> = new Set([
  'dr',
  'prof',
  'mr',
  'mrs',
  'ms',
  'sir',
  'col',
  'gen',
  'capt',
  'maj',
  'lt',
  'adm',
  'ret',
  'jr',
  'sr',
  'by',
  'phd',
])
