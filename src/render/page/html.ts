/** Markup that is safe to write as it stands. Made by `html` and `raw` alone. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }

  toString(): string {
    return this.markup
  }
}

/** What a template may hold: text (escaped), markup (as it is), lists (joined), nothing. */
export type HtmlValue = string | number | Html | null | undefined | false | readonly HtmlValue[]

/**
 * Template tag that escapes every interpolated value for element content and quoted attribute values alike.
 *
 * Values belong between tags or inside `"…"`. An address is not made harmless by escaping: it passes `webHref` first.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = ''
  for (const [index, text] of strings.entries()) markup += text + markupOf(values[index])
  return new Html(markup)
}

/** Takes markup as safe: sanitised content, or text of our own making. Never what came from outside as it came. */
export function raw(markup: string): Html {
  return new Html(markup)
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.markup
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return value.map(markupOf).join('')
}

// Control characters and lone surrogates are parse errors in HTML; no reader misses them.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

// Most texts hold nothing of the kind, and looking is cheaper than replacing.
const UNSAFE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f&<>"'\ud800-\udfff]/

function escaped(text: string): string {
  if (!UNSAFE.test(text)) return text
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}
