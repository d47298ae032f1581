import { Parser } from 'htmlparser2'

// Written out here and not imported: the tests say for themselves what may be published.
const ELEMENTS = new Set(
  (
    'p br h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong b i u s sub sup small mark a img figure figcaption picture source ' +
    'ruby rt rp rb table caption colgroup col thead tbody tfoot tr td th dl dt dd hr abbr cite q time details summary span div'
  ).split(' '),
)
const ATTRIBUTES = new Set('href src srcset alt title width height lang dir colspan rowspan datetime cite rel start type media'.split(' '))
const LINK = /^(?:https?:\/\/[^/]|mailto:)/
const IMAGE = /^(?:https?:\/\/[^/]|data:image\/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/]+=*$)/

/** Gives what a sanitised fragment contains although it may not, one line each; none where all is well. */
export function forbiddenIn(html: string): readonly string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (!ELEMENTS.has(name)) found.push(`<${name}>`)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!isAllowed(name, attribute, value)) found.push(`<${name} ${attribute}="${value}">`)
      }
    },
    oncomment: text => found.push(`<!--${text}-->`),
    onprocessinginstruction: (_, text) => found.push(`<${text}>`),
  })
  parser.end(html)
  return found
}

function isAllowed(element: string, attribute: string, value: string): boolean {
  if (!ATTRIBUTES.has(attribute)) return false
  if (attribute === 'href' || attribute === 'cite') return LINK.test(value)
  if (attribute === 'src') return IMAGE.test(value)
  if (attribute === 'srcset') return value.split(', ').every(candidate => IMAGE.test(candidate))
  return !['span', 'div'].includes(element) || attribute === 'lang' || attribute === 'dir'
}
