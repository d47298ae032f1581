import type { Coding, ServedFile } from './static-files.ts'

/** Chooses a content coding by Accept-Encoding (RFC 9110 §12.5.3): the smallest the client takes. */
export function chooseCoding(acceptEncoding: string | undefined): Coding {
  if (acceptEncoding === undefined) return 'identity'
  const weights = new Map<string, number>()
  for (const part of acceptEncoding.split(',', 16)) {
    const [name = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const weight = parameters.find(parameter => parameter.startsWith('q='))
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  const accepts = (coding: string) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0
  return accepts('br') ? 'br' : accepts('gzip') || accepts('x-gzip') ? 'gzip' : 'identity'
}

/**
 * Whether the client's copy is still good (RFC 9110 §13.1): If-None-Match decides where it is sent, compared weakly and
 * against every coding of the file, since proxies mix them up; else If-Modified-Since does.
 */
export function isNotModified(
  headers: { readonly 'if-none-match'?: string | undefined; readonly 'if-modified-since'?: string | undefined },
  file: ServedFile,
): boolean {
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) {
    const etags = new Set<string>(Object.values(file.etags))
    return noneMatch.trim() === '*' || noneMatch.split(',').some(tag => etags.has(tag.trim().replace(/^W\//, '')))
  }
  const since = headers['if-modified-since']
  const instant = since === undefined ? Number.NaN : Date.parse(since)
  return !Number.isNaN(instant) && file.modifiedAt <= instant
}
