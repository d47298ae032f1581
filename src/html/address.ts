// Longer ones are no addresses: browsers and servers stop at about 8 KB.
const MAX_LENGTH = 8192

/**
 * Resolves a reference found in HTML to an absolute, normalised URL of any scheme; undefined where it cannot be.
 * A reference without a scheme (`//host/…`) becomes https, whatever the base is.
 */
export function absoluteAddress(reference: string, base?: string): string | undefined {
  const text = reference.trim()
  if (text === '' || text.length > MAX_LENGTH) return undefined
  const written = /^[\\/]{2}/.test(text) ? `https:${text}` : text
  return URL.parse(written, base)?.href
}

/** Resolves a reference as `absoluteAddress` does; undefined unless its scheme is one of `protocols` (`https:`). */
export function addressWithProtocol(reference: string, protocols: readonly string[], base?: string): string | undefined {
  const address = absoluteAddress(reference, base)
  return address !== undefined && protocols.includes(address.slice(0, address.indexOf(':') + 1)) ? address : undefined
}
