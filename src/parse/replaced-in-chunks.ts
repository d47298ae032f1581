const CHUNK = 64 * 1024
/** Longer than any reference. */
const LONGEST_REFERENCE = 64

/**
 * Replaces characters or references piece by piece, no reference cut in two: for a million of them at once V8 keeps a
 * record of each until it is done.
 */
export function replacedInChunks(text: string, replace: (chunk: string) => string): string {
  if (text.length <= CHUNK) return replace(text)
  const parts: Buffer[] = []
  for (let at = 0, end = 0; at < text.length; at = end) {
    const reference = text.slice(at + CHUNK - LONGEST_REFERENCE, at + CHUNK).lastIndexOf('&')
    end = at + CHUNK - (reference < 0 ? 0 : LONGEST_REFERENCE - reference)
    // A buffer holds text flat; what was put together of pieces would keep them all.
    parts.push(Buffer.from(replace(text.slice(at, end)), 'utf16le'))
  }
  return Buffer.concat(parts).toString('utf16le')
}
