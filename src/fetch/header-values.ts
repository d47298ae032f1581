import type { Validators } from '../domain/poll.ts'

/** Header fields by lower-case name; bytes above 0x7f are Latin-1 characters. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** The value of a field that may occur once; the first where a server repeats it. Undefined where absent or empty. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  const first = typeof value === 'string' ? value : value?.[0]
  return first === '' ? undefined : first
}

/** The value of a list field, repeated fields joined by commas (RFC 9110 §5.3). */
export function headerList(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  const joined = typeof value === 'string' ? value : value?.join(', ')
  return joined === '' ? undefined : joined
}

/** The validators of an answer, byte for byte. */
export function validatorsOf(headers: Headers): Validators {
  return given({ etag: headerValue(headers, 'etag'), lastModified: headerValue(headers, 'last-modified') })
}

/** Leaves out the members that are undefined. */
export function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as ReturnType<typeof given<T>>
}
