// Editors save in several steps (truncate, write, rename); a third of a second after the last one the file is whole.
const SETTLE_MS = 300
// Something else may be written beside it all the time.
const LONGEST_UNREST_MS = 2_000

/** Something on the disk that is looked at when it may have changed. */
export interface SettledChanges {
  /** To be called at every sign of a change. */
  readonly stir: () => void
  /** From now on nobody is called back. */
  readonly end: () => void
}

/**
 * Calls back once after each burst of signs that leaves what is looked at different from what it was at the last look.
 * The first look is taken before this returns.
 *
 * @param look gives a text that differs where what is looked at differs; one look ends before the next begins
 */
export async function settledChanges(look: () => Promise<string>, changed: () => void): Promise<SettledChanges> {
  let known = await look()
  let timer: NodeJS.Timeout | undefined
  let unrest: NodeJS.Timeout | undefined
  let looking = Promise.resolve()
  let isEnded = false
  const rest = () => {
    clearTimeout(timer)
    clearTimeout(unrest)
    unrest = undefined
  }
  const lookAgain = async () => {
    if (isEnded) return
    const current = await look()
    if (isEnded || current === known) return
    known = current
    changed()
  }
  const settled = () => {
    rest()
    looking = looking.then(lookAgain)
  }
  return {
    stir: () => {
      if (isEnded) return
      clearTimeout(timer)
      timer = setTimeout(settled, SETTLE_MS).unref()
      unrest ??= setTimeout(settled, LONGEST_UNREST_MS).unref()
    },
    end: () => {
      isEnded = true
      rest()
    },
  }
}
