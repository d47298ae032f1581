import { usualLabel } from './encoding-labels.ts'
import { guessEncoding } from './guess-encoding.ts'

/** A document as text, with the WHATWG name of the encoding it was read in. */
export interface DecodedDocument {
  readonly text: string
  readonly encoding: string
}

type Decoder = InstanceType<typeof TextDecoder>

const STRICT_UTF_8 = new TextDecoder('utf-8', { fatal: true })
const LENIENT_UTF_8 = new TextDecoder('utf-8')
const XML_ENCODING = /^[\s\S]{0,64}?<\?xml\s[^<>]{0,100}?encoding\s*=\s*["']\s*([\w.:-]{1,40})/i
const EAST_ASIAN: ReadonlySet<string> = new Set(['euc-jp', 'euc-kr', 'gbk', 'gb18030', 'big5', 'shift_jis'])
// RFC 2046 §4.1.2: text without a charset is ASCII, which the WHATWG reads as windows-1252.
const TEXT_XML = /^\s*text\/(?:xml|[\w.-]+\+xml)\s*(?:;(?!.*charset\s*=\s*["']?\w)|$)/i
const HTTP_CHARSET = /;\s*charset\s*=\s*["']?\s*([\w.:-]{1,40})/i

/**
 * Decodes a document by its byte order mark, by being valid UTF-8, by the HTTP charset (RFC 7303 §3.2), by its XML
 * declaration, or by what its bytes look like, in this order: labels lie more often than bytes. Never fails;
 * bytes that mean nothing become U+FFFD.
 */
export function decodeDocument(bytes: Uint8Array, contentType: string | undefined): DecodedDocument {
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return { text: decodeWide(bytes, wide), encoding: wide }
  const labels = [HTTP_CHARSET.exec(contentType ?? '')?.[1], declaredEncoding(bytes)].flatMap(label => decoderOf(label) ?? [])
  // ISO-2022-JP is ASCII with escapes, and so valid UTF-8.
  const escaping = labels.find(({ encoding }) => encoding === 'iso-2022-jp')
  if (escaping !== undefined) return { text: escaping.decode(bytes), encoding: escaping.encoding }
  const text = decodeStrictly(STRICT_UTF_8, bytes)
  if (text === undefined || (labels.length > 0 && isRatherEastAsian(text, labels))) return decodeLegacy(bytes, labels)
  if (text.length < bytes.length) return { text, encoding: 'utf-8' }
  return { text, encoding: labels[0]?.encoding ?? (TEXT_XML.test(contentType ?? '') ? 'windows-1252' : 'utf-8') }
}

/** Decodes a document that is valid UTF-8 and claims, if anything, to be; undefined for any other. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const declared = declaredEncoding(bytes)
  if (wideEncoding(bytes) !== undefined || (declared !== undefined && !/^utf-?8$/i.test(declared))) return undefined
  return decodeStrictly(STRICT_UTF_8, bytes)
}

/**
 * Pairs of bytes in EUC and its like can be UTF-8 by chance, but then only for letters of Europe and the Near East: every
 * character of Chinese, Japanese and Korean takes UTF-8 three bytes.
 */
function isRatherEastAsian(text: string, labels: readonly Decoder[]): boolean {
  return labels.every(({ encoding }) => EAST_ASIAN.has(encoding)) && /[\x80-\u07ff]/.test(text) && !/[\u0800-\uffff]/.test(text)
}

function decodeLegacy(bytes: Uint8Array, labels: readonly Decoder[]): DecodedDocument {
  for (const decoder of labels) {
    if (decoder.encoding === 'utf-8') continue
    const text = decodeStrictly(decoder, bytes)
    if (text !== undefined) return { text, encoding: decoder.encoding }
  }
  // One broken character does not make a document something else than UTF-8.
  const lenient = LENIENT_UTF_8.decode(bytes)
  if (isMostlyIntact(lenient)) return { text: lenient, encoding: 'utf-8' }
  const decoder = labels.find(({ encoding }) => encoding !== 'utf-8') ?? new TextDecoder(guessEncoding(bytes))
  return { text: new TextDecoder(decoder.encoding).decode(bytes), encoding: decoder.encoding }
}

function isMostlyIntact(text: string): boolean {
  const broken = text.match(/\ufffd/g)?.length ?? 0
  const intact = text.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0
  return intact > broken * 4
}

function decodeStrictly(decoder: Decoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function decoderOf(label: string | undefined): Decoder | undefined {
  const decoder = label === undefined ? undefined : (decoderNamed(label) ?? decoderNamed(usualLabel(label)))
  // A UTF-16 label on bytes that are not UTF-16 (`wideEncoding` has looked) is wrong.
  return decoder?.encoding.startsWith('utf-16') ? undefined : decoder
}

function decoderNamed(label: string): Decoder | undefined {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return undefined
  }
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256)).toString('latin1')
  return XML_ENCODING.exec(head)?.[1]
}

/** XML 1.0 appendix F: the encodings with several bytes a character show in the first four. */
function wideEncoding([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | undefined {
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d === 0x3c))) return 'utf-32be'
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0x3c && b === 0 && c === 0 && d === 0)) return 'utf-32le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0)) return 'utf-16be'
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && d === 0)) return 'utf-16le'
  return undefined
}

function decodeWide(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'): string {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return new TextDecoder(encoding).decode(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const characters: string[] = []
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, encoding === 'utf-32le')
    const isScalar = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    if (code !== 0xfeff || at > 0) characters.push(isScalar ? String.fromCodePoint(code) : '\ufffd')
  }
  return characters.join('')
}
