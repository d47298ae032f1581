/**
 * Gives what has work done for a key, for each key one after the other: asked for while it is being done, it is done once more
 * and no more often than that.
 *
 * @returns undefined where the work under way goes on to do it
 */
export function oneAtATime(work: (key: string) => Promise<void>): (key: string) => Promise<void> | undefined {
  const atWork = new Map<string, 'once' | 'again'>()
  const run = async (key: string) => {
    try {
      do {
        atWork.set(key, 'once')
        await work(key)
      } while (atWork.get(key) === 'again')
    } finally {
      atWork.delete(key)
    }
  }
  return key => {
    if (!atWork.has(key)) return run(key)
    atWork.set(key, 'again')
    return undefined
  }
}
