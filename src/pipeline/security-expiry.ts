import type { Site } from '../domain/site.ts'
import type { Instant } from '../domain/time.ts'

/**
 * When what is said of the contact for security runs out (RFC 9116 §2.5.5): at the beginning of a quarter, three to six
 * months ahead, so that the file changes four times a year. Undefined where the site names no e-mail address.
 */
export function securityExpiry({ author }: Pick<Site, 'author'>, now: Instant): Instant | undefined {
  if (author.email === undefined) return undefined
  const today = new Date(now)
  return Date.UTC(today.getUTCFullYear(), Math.floor(today.getUTCMonth() / 3) * 3 + 6)
}
