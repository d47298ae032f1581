import type { Environment } from '../config/environment.ts'

/** Where a command writes: what was asked for on standard output, everything else on standard error. */
export interface Terminal {
  readonly print: (text: string) => void
  readonly note: (text: string) => void
  /** Shows how far long work has come: a bar on a terminal, nothing elsewhere. */
  readonly progress: (title: string, done: number, of: number) => void
  readonly endProgress: () => void
}

const BAR = 24

/** The process's own terminal. */
export function openTerminal(environment: Pick<Environment, 'isPlain'>, isQuiet: boolean): Terminal {
  const hasBar = process.stderr.isTTY === true && !environment.isPlain && !isQuiet
  let isDrawn = false
  const clear = () => {
    if (isDrawn) process.stderr.write('\r\u001b[2K')
    isDrawn = false
  }
  return {
    print: text => {
      clear()
      process.stdout.write(`${text}\n`)
    },
    note: text => {
      clear()
      process.stderr.write(`${text}\n`)
    },
    progress: (title, done, of) => {
      if (!hasBar) return
      const filled = of === 0 ? BAR : Math.round((done / of) * BAR)
      process.stderr.write(`\r\u001b[2K${title} ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${done}/${of}`)
      isDrawn = true
    },
    endProgress: clear,
  }
}
