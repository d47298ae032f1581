import type { GlossaryEntry, Problem } from './config.ts'

const MOST_RENDERINGS = 20

/**
 * Reads `glossary.tsv`: an English expression, a tab, its Japanese renderings with semicolons between. Empty lines and lines
 * that begin with `#` are skipped. A line that cannot be read is a problem; the others count.
 */
export function readGlossary(
  name: string,
  text: string,
): { readonly glossary: readonly GlossaryEntry[]; readonly problems: readonly Problem[] } {
  const glossary: GlossaryEntry[] = []
  const problems: Problem[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const [english = '', japanese, ...more] = line.split('\t')
    const renderings = (japanese ?? '').split(/[;；]/).map(rendering => rendering.trim())
    const fault = faultOf(english.trim(), japanese, renderings, more)
    if (fault === undefined) glossary.push({ english: english.trim(), japanese: renderings })
    else
      problems.push({
        severity: 'error',
        file: name,
        line: index + 1,
        column: fault.isJapanese ? english.length + 2 : 1,
        message: fault.message,
      })
  }
  return { glossary, problems }
}

function faultOf(
  english: string,
  japanese: string | undefined,
  renderings: readonly string[],
  more: readonly string[],
): { readonly message: string; readonly isJapanese: boolean } | undefined {
  if (japanese === undefined)
    return { message: `expected an English expression, a tab and its Japanese renderings, got "${english}"`, isJapanese: false }
  if (!/\p{Script=Latin}|\d/u.test(english)) return { message: `expected an English expression, got "${english}"`, isJapanese: false }
  if (more.length > 0) return { message: 'expected one tab, got more', isJapanese: true }
  if (renderings.length > MOST_RENDERINGS)
    return { message: `expected at most ${MOST_RENDERINGS} renderings, got ${renderings.length}`, isJapanese: true }
  if (renderings.some(rendering => rendering === ''))
    return { message: `expected Japanese renderings with semicolons between, got "${japanese}"`, isJapanese: true }
  return undefined
}
