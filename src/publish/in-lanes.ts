/**
 * Does the same work for many items, a few at a time; gives what came of them, in their order. Where one fails, no more are
 * begun, and the failure is thrown when those under way have ended.
 */
export async function inLanes<T, Result>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const waiting = inTurn(items)
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item)
  }
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(lanes, items.length) }, lane))
  const failure = outcomes.find(({ status }) => status === 'rejected')
  if (failure?.status === 'rejected') throw failure.reason
  return results
}

/** A loop over it that is left by an error ends it for all. */
function* inTurn<T>(items: readonly T[]): Generator<[index: number, item: T]> {
  yield* items.entries()
}
