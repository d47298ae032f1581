import { Tokenizer } from 'htmlparser2'

/** What a document is made of, in its order. Names are lower case; positions are UTF-16 offsets into the document. */
export interface MarkupHandler {
  readonly open: (name: string, attributes: ReadonlyMap<string, string>, start: number, end: number) => void
  readonly close: (name: string, start: number, end: number) => void
  /** Text with its entities decoded; one run of text may come in several pieces. */
  readonly text: (text: string) => void
}

/**
 * Reads HTML as a flat sequence of tags and text, in time linear in its length whatever it holds. Tags need not
 * match: void elements are opened only, and implied end tags are not made up. Comments and declarations are passed over.
 */
export function readMarkup(html: string, handler: MarkupHandler): void {
  // htmlparser2's Parser keeps its open elements in an array that it shifts, so deep nesting takes it quadratic
  // time; its Tokenizer does not.
  const tag = { name: '', start: 0, attributes: new Map<string, string>(), attribute: '', value: '' }
  let foreignDepth = 0
  const opened = (end: number): void => {
    if (FOREIGN.has(tag.name)) foreignDepth++
    handler.open(tag.name, tag.attributes, tag.start, end)
  }
  const closed = (name: string, start: number, end: number): void => {
    if (FOREIGN.has(name)) foreignDepth = Math.max(0, foreignDepth - 1)
    handler.close(name, start, end)
  }
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => handler.text(html.slice(start, end)),
      ontextentity: codePoint => handler.text(String.fromCodePoint(codePoint)),
      onopentagname: (start, end) => {
        tag.name = html.slice(start, end).toLowerCase()
        tag.start = start - 1
        tag.attributes = new Map()
      },
      onattribname: (start, end) => {
        tag.attribute = html.slice(start, end).toLowerCase()
        tag.value = ''
      },
      onattribdata: (start, end) => {
        tag.value += html.slice(start, end)
      },
      onattribentity: codePoint => {
        tag.value += String.fromCodePoint(codePoint)
      },
      onattribend: () => {
        if (!tag.attributes.has(tag.attribute)) tag.attributes.set(tag.attribute, tag.value)
      },
      onopentagend: end => opened(end + 1),
      onselfclosingtag: end => {
        opened(end + 1)
        // HTML knows `<x/>` in SVG and MathML only; elsewhere the slash means nothing.
        if (foreignDepth > 0) closed(tag.name, end + 1, end + 1)
      },
      onclosetag: (start, end) => closed(html.slice(start, end).toLowerCase(), start - 2, endOfTag(html, end)),
      isInForeignContext: () => foreignDepth > 0,
      oncdata: ignored,
      oncomment: ignored,
      ondeclaration: ignored,
      onprocessinginstruction: ignored,
      onend: ignored,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}

const FOREIGN: ReadonlySet<string> = new Set(['svg', 'math'])

function endOfTag(html: string, from: number): number {
  const end = html.indexOf('>', from)
  return end === -1 ? html.length : end + 1
}

function ignored(): void {}
