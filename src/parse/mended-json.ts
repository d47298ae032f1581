/**
 * Ends a JSON document that was cut off behind the last element of its list `items` that is complete, as what every
 * element says is then still there. Undefined where there is no such list or no such element.
 */
export function mendedJson(text: string): string | undefined {
  const scan: Scan = { depth: 0, key: '', isInItems: false, end: undefined }
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (character === '"') {
      const end = endOfString(text, at)
      if (scan.depth === 1) scan.key = text.slice(at + 1, end - 1)
      at = end
    } else step(scan, character, ++at)
  }
  return scan.end === undefined ? undefined : `${text.slice(0, scan.end)}]}`
}

interface Scan {
  depth: number
  /** The last string of the outermost object: what stands before a value is its key. */
  key: string
  isInItems: boolean
  /** Index behind the last complete element. */
  end: number | undefined
}

function step(scan: Scan, character: string, behind: number): void {
  if (character === '{' || character === '[') {
    if (scan.depth === 1) scan.isInItems = character === '[' && scan.key === 'items'
    scan.depth++
  } else if (character === '}' || character === ']') {
    scan.depth--
    if (scan.depth === 2 && scan.isInItems) scan.end = behind
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === 0x5c) at++
    else if (character === 0x22) return at + 1
  }
  return text.length
}
