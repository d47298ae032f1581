import { z } from 'zod'
import { DURATION_PATTERN, SIZE_PATTERN } from './duration.ts'

// Each schema's `error` is what was expected, in words that finish "expected …"; `validate.ts` adds where and what came.

/** A text that is not empty. */
export const text = (expected: string) => z.string({ error: expected }).trim().min(1, { error: expected })

/** A duration as `parseDuration` reads it. */
export const duration = (expected = 'a duration such as "15m", "6h" or "2d"') =>
  z.string({ error: expected }).regex(DURATION_PATTERN, { error: expected })

/** A size as `parseSize` reads it. */
export const size = () => z.string({ error: 'a size such as "10MB"' }).regex(SIZE_PATTERN, { error: 'a size such as "10MB"' })

/** A whole number within bounds, both included. */
export const count = (min: number, max: number) => {
  const error = `a whole number from ${min} to ${max}`
  return z.int({ error }).min(min, { error }).max(max, { error })
}

/** Yes or no. */
export const yesOrNo = () => z.boolean({ error: '`true` or `false`' })

/** One of a few words. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `one of ${values.map(value => `"${value}"`).join(', ')}` })

/** A label as posts/ gives them, so that they can be compared: one space between words, Unicode NFC. */
export const label = () =>
  text('a label')
    .normalize('NFC')
    .overwrite(value => value.replace(/\s+/g, ' '))

/** Several of them. */
export const labels = () => z.array(label(), { error: 'a list of labels' })

/**
 * An address of the web. `${NAME}` in it is filled from the environment later on; see `environment.ts`. Till then a 1 fits
 * as host, port and path.
 */
export const address = (expected = 'an address that begins with http:// or https://') =>
  z
    .string({ error: expected })
    .regex(/^https?:\/\/[^\s/]+/i, { error: expected })
    .refine(value => URL.canParse(value.replace(/\$\{\w+\}/g, '1')), { error: expected })

/** An address that is published as it stands: nothing is filled in, and there is nothing in it to keep secret. */
export const publicAddress = () => {
  const expected = 'an address that begins with http:// or https://, without variables and password, as it is published'
  return address(expected).refine(value => !value.includes('${') && URL.parse(value)?.username === '', { error: expected })
}

/** A language (BCP 47). */
export const languageTag = (expected: string) => text(expected).refine(isLanguageTag, { error: expected })

/** A name that the operator gives to something. */
export const identifier = () => {
  const error = 'a short name of small letters, digits and hyphens'
  return z.string({ error }).regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error })
}

/** A host, and what may follow it in an address. */
export const hostName = () => {
  const error = 'a host such as "example.org", optionally with a path, without "https://"'
  return z.string({ error }).regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*(\/[^\s?#]*)?$/i, { error })
}

/** Hosts that may have private addresses. */
export const privateHosts = () =>
  z.array(text('a host such as "feeds.internal" or "127.0.0.1:8931"'), { error: 'a list of hosts' }).prefault([])

/** Keys that belong together; any other key is an error. */
export const group = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape, { error: 'a group of keys' })

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
