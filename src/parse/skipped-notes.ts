/** More sentences than an operator would read. */
const MAX_NOTES = 20

/** The notes on entries that were left out, the last one standing for all that are too many to list. */
export function shortened(notes: readonly string[]): readonly string[] {
  if (notes.length <= MAX_NOTES) return notes
  return [...notes.slice(0, MAX_NOTES), `${notes.length - MAX_NOTES} more were left out for reasons like these.`]
}
