interface Sense {
  /** Parts of speech and marks by their JMdict codes: `n`, `v5r`, `uk`. */
  readonly codes: string[]
  readonly glosses: string[]
}

const CONTENT = /^(?:n|n-adv|n-t|adj-(?:i|ix|na|no|t|f)|adv|v[1-5].*|vs.*|vz|vk)$/
const GRAMMAR = /^(?:prt|aux.*|cop.*|conj|int|ctr|num|pn|pref|suf|n-pref|n-suf|adj-pn|exp|unc)$/
// What newspapers do not write.
const UNUSUAL = /^(?:arch|obs|obsc|rare|dated|poet|vulg|X|sl|net-sl|joc|chn|proverb|on-mim|hanaf|mahj)$/
const CODES = /^[a-zA-Z][a-zA-Z0-9-]*(?:,[a-zA-Z][a-zA-Z0-9-]*)*$/
const MOST_WORDS = 3

/**
 * What an entry of a dictionary means as a content word, most usual first: glosses of up to three words, without remarks,
 * articles and `to`.
 *
 * @param body as EDICT has it: `(n) (1) gloss/gloss/(2) (uk) gloss`
 */
export function glossesOf(body: string): readonly string[] {
  const glosses = new Set<string>()
  let parts: readonly string[] = []
  for (const { codes, glosses: given } of sensesOf(body)) {
    // A sense that names no part of speech has that of the one before.
    const own = codes.filter(code => CONTENT.test(code) || GRAMMAR.test(code))
    if (own.length > 0) parts = own
    if (!parts.some(code => CONTENT.test(code)) || codes.some(code => UNUSUAL.test(code))) continue
    for (const gloss of given.map(bare)) if (isShort(gloss)) glosses.add(gloss)
  }
  return [...glosses]
}

function sensesOf(body: string): readonly Sense[] {
  const senses: Sense[] = []
  for (const part of body.split('/')) {
    if (part === '(P)' || part.startsWith('EntL')) continue
    const { gloss, codes, isNew } = headOf(part)
    const last = senses.at(-1)
    if (last === undefined || isNew) senses.push({ codes, glosses: [gloss] })
    else {
      last.codes.push(...codes)
      last.glosses.push(gloss)
    }
  }
  return senses
}

/** What stands in brackets before a gloss, `(n) (1) (uk)`, and the gloss. */
function headOf(part: string): { readonly gloss: string; readonly codes: string[]; readonly isNew: boolean } {
  const codes: string[] = []
  let [gloss, isNew] = [part, false]
  for (;;) {
    const [whole, inside = ''] = /^\s*[({]([^(){}]*)[)}]/.exec(gloss) ?? []
    if (whole === undefined) return { gloss, codes, isNew }
    if (/^\d+$/.test(inside)) isNew = true
    else if (CODES.test(inside)) codes.push(...inside.split(','))
    gloss = gloss.slice(whole.length)
  }
}

function bare(gloss: string): string {
  return gloss
    .replace(/\([^()]*\)|\{[^{}]*\}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:to be|to|an?|the) /i, '')
}

function isShort(gloss: string): boolean {
  return /[a-z]{2}/i.test(gloss) && gloss.split(' ', MOST_WORDS + 1).length <= MOST_WORDS
}
