/** Lays cells out in columns; a character of Chinese, Japanese or Korean takes two. The last column is not padded. */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = []
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))
  const line = (row: readonly string[]) =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell)))).join('  ')
  return rows.map(row => indent + line(row).trimEnd()).join('\n')
}

/** Columns a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character)
      ? 2
      : 1
  return width
}

/** Cuts a text to a number of columns, marking the cut. */
export function clip(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let clipped = ''
  for (const character of text) {
    if (displayWidth(clipped + character) > columns - 1) break
    clipped += character
  }
  return `${clipped}…`
}
