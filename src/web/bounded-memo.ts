/**
 * Gives a pure function that remembers its answers. Arguments come from strangers, so that few are kept: when there are
 * too many all are forgotten, and long ones are never kept.
 */
export function boundedMemo<T>(
  answerTo: (text: string) => T,
  { entries, longest }: { readonly entries: number; readonly longest: number },
): (text: string) => T {
  const known = new Map<string, T>()
  return text => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered
    const answer = answerTo(text)
    if (known.size >= entries) known.clear()
    if (text.length <= longest) known.set(text, answer)
    return answer
  }
}
