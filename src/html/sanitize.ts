import sanitize from 'sanitize-html'
import { AppError } from '../domain/app-error.ts'
import { ALLOWED_ELEMENTS, allowedAttributes, cleanAttributes, DROPPED_WITH_CONTENT, hasImage, STAND_INS } from './allowed-markup.ts'
import { withoutClutter } from './clutter.ts'
import { isSettled } from './settled-markup.ts'
import { legalXmlCharacters } from './xml-characters.ts'

/** Raised with every change of what is let through, so that nothing sanitised before is used again. */
export const SANITIZER_VERSION = 2

// Browsers stop nesting at 512; real posts stay below 60.
const MAX_DEPTH = 256

// The first round may leave nesting that HTML parsers read otherwise (a div within a p, once a font element between
// them is gone), the second settles it, the third finds nothing to do. Most HTML is settled after the first.
const MAX_ROUNDS = 6

/**
 * Gives HTML that may be republished in feeds and pages: allowed elements and attributes only, no way to run a
 * script, no styles, no tracking pixels. Elements are balanced, void ones are written `<br />`, attribute values are
 * quoted, and no character reference but the five of XML is used. Sanitising the result again changes nothing.
 *
 * @param base what relative addresses resolve against; without it they are dropped
 * @throws AppError `entry-unrenderable` where elements nest deeper than 256
 */
export function sanitizeHtml(html: string, base?: string): string {
  let current = html
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = sanitizedOnce(current, base)
    if (next === current || isSettled(next, base)) return next
    current = next
  }
  throw new AppError('entry-unrenderable', `the HTML (${html.length} characters) still changes after being sanitised ${MAX_ROUNDS} times`)
}

/** One round of it: what it gives is safe, and may change once more when it is sanitised again. */
export function sanitizedOnce(html: string, base: string | undefined): string {
  const uncluttered = withoutClutter(legalText(html), (name, attributes) => hasImage(name, attributes, base))
  return legalText(sanitize(uncluttered, { ...OPTIONS, ...depthGuard(), transformTags: { '*': transformer(base) } }))
}

const OPTIONS: sanitize.IOptions = {
  allowedTags: [...ALLOWED_ELEMENTS],
  allowedAttributes: Object.fromEntries(ALLOWED_ELEMENTS.map(element => [element, [...allowedAttributes(element)]])),
  nonTextTags: [...DROPPED_WITH_CONTENT],
  selfClosing: ['br', 'hr', 'img', 'source', 'col'],
  allowedSchemes: ['http', 'https', 'mailto'],
  // `cleanAttributes` lets through no data: but base64 images.
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  allowProtocolRelative: false,
}

function transformer(base: string | undefined): sanitize.Transformer {
  return (written, attributes) => {
    const tagName = STAND_INS.get(written) ?? written
    return { tagName, attribs: cleanAttributes(tagName, attributes, base) }
  }
}

/** Stops the parser early: its open elements are an array that it shifts, so depth costs it quadratic time. */
function depthGuard(): Pick<sanitize.IOptions, 'onOpenTag' | 'onCloseTag'> {
  let depth = 0
  return {
    onOpenTag: () => {
      depth++
      if (depth > MAX_DEPTH) throw new AppError('entry-unrenderable', `the HTML nests elements deeper than ${MAX_DEPTH}`)
    },
    onCloseTag: () => {
      depth--
    },
  }
}

/** Also gives line ends as XML parsers do (XML 1.0 §2.11), so that both readings of the result are the same. */
function legalText(text: string): string {
  return legalXmlCharacters(text).replace(/\r\n?/g, '\n')
}
