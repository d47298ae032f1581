/**
 * Gives what has a piece of work done: at once, or once more for all who ask while it is being done. The promise holds when
 * it has been done since it was asked for.
 */
export function repeating(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined
  let waiting: Promise<void> | undefined
  const begin = () => {
    underWay = work().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const again = async (before: Promise<void>) => {
    await before.catch(() => undefined)
    waiting = undefined
    await begin()
  }
  return () => {
    if (underWay === undefined) return begin()
    waiting ??= again(underWay)
    return waiting
  }
}
