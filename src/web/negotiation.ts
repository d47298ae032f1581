import type { Instant } from '../domain/time.ts'
import type { Coding } from './load-file.ts'

/** What a client's copy is compared with. */
export interface Version {
  readonly forms: Readonly<Record<Coding, { readonly etag: string }>>
  readonly modifiedAt: Instant
}

/** Chooses a content coding by Accept-Encoding (RFC 9110 §12.5.3): the smallest the client takes. */
export function chooseCoding(acceptEncoding: string | undefined): Coding {
  if (acceptEncoding === undefined) return 'identity'
  const weights = new Map<string, number>()
  for (const part of acceptEncoding.split(',', 16)) {
    const [name = '', ...parameters] = part
      .toLowerCase()
      .split(';')
      .map(piece => piece.trim())
    const weight = parameters.find(parameter => parameter.startsWith('q='))
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  const accepts = (coding: string) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0
  if (accepts('br')) return 'br'
  if (accepts('zstd')) return 'zstd'
  return accepts('gzip') || accepts('x-gzip') ? 'gzip' : 'identity'
}

/**
 * Whether the client's copy is still good (RFC 9110 §13.1): If-None-Match decides where it is sent, compared weakly and
 * against every coding of the file, since proxies mix them up; else If-Modified-Since does.
 */
export function isNotModified(
  headers: { readonly 'if-none-match'?: string | undefined; readonly 'if-modified-since'?: string | undefined },
  file: Version,
): boolean {
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) return namesVersion(noneMatch, file)
  const since = headers['if-modified-since']
  const instant = since === undefined ? Number.NaN : Date.parse(since)
  return !Number.isNaN(instant) && file.modifiedAt <= instant
}

function namesVersion(noneMatch: string, { forms }: Version): boolean {
  const etags = [forms.identity.etag, forms.gzip.etag, forms.br.etag, forms.zstd.etag]
  // Nearly every reader sends the one tag it was given.
  if (etags.includes(noneMatch) || noneMatch.trim() === '*') return true
  return noneMatch.split(',').some(tag => etags.includes(tag.trim().replace(/^W\//, '')))
}
