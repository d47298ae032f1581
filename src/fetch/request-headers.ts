import type { Validators } from '../domain/poll.ts'

// Every syntax that is read, and a low-rated rest: some servers answer 406 to a list that leaves out their media type.
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5'

/** What a request says of us and of what we have. */
export interface RequestManners {
  readonly userAgent: string
  readonly accept: string | undefined
  readonly validators: Validators
  /** `Basic …`, for the server the operator named it for. */
  readonly authorization?: string | undefined
}

/** The header fields of a request for a feed: no cookie, no referrer, validators byte for byte as they were received. */
export function requestHeaders({ userAgent, accept, validators, authorization }: RequestManners): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    accept: accept ?? ACCEPT,
    'accept-encoding': 'gzip, br, zstd, deflate',
  }
  if (validators.etag !== undefined) headers['if-none-match'] = validators.etag
  if (validators.lastModified !== undefined) headers['if-modified-since'] = validators.lastModified
  if (authorization !== undefined) headers['authorization'] = authorization
  return headers
}

/** The validators that can be sent: a stored value that no header field may hold, or an empty one, is dropped. */
export function sendableValidators({ etag, lastModified }: Validators): Validators {
  return { ...(isFieldValue(etag) && { etag }), ...(isFieldValue(lastModified) && { lastModified }) }
}

/** The credentials in an address as Basic authentication (RFC 7617); undefined where there are none. */
export function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  const credentials = `${decoded(username)}:${decoded(password)}`
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`
}

function isFieldValue(value: string | undefined): value is string {
  return value !== undefined && /^[\t\x20-\x7e\x80-\xff]+$/.test(value)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
