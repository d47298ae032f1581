import type { Environment } from '../config/environment.ts'
import { type Clock, SECOND } from '../domain/time.ts'

/** Where a command writes: what was asked for on standard output, everything else on standard error. */
export interface Terminal {
  readonly print: (text: string) => void
  readonly note: (text: string) => void
  /** Shows how far long work has come: a bar on a terminal, a line now and then elsewhere. */
  readonly progress: (title: string, done: number, of: number) => void
  readonly endProgress: () => void
}

const BAR = 24
// Short work says nothing where nobody looks, and a log is not flooded by long work.
const LINE_EVERY_MS = 5 * SECOND

/**
 * The process's own terminal. Nothing is coloured.
 *
 * @param options.isQuiet shows no progress at all: what is printed is for programs
 */
export function openTerminal(
  environment: Pick<Environment, 'isPlain'>,
  options: { readonly isQuiet: boolean; readonly now: Clock },
): Terminal {
  const { isQuiet, now } = options
  const hasBar = process.stderr.isTTY === true && !environment.isPlain
  let isDrawn = false
  let lastLineAt = now()
  const clear = () => {
    if (isDrawn) process.stderr.write('\r\u001b[2K')
    isDrawn = false
  }
  const drawBar: Terminal['progress'] = (title, done, of) => {
    const filled = of === 0 ? BAR : Math.round((done / of) * BAR)
    process.stderr.write(`\r\u001b[2K${title} ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${done}/${of}`)
    isDrawn = true
  }
  const writeLine: Terminal['progress'] = (title, done, of) => {
    if (now() - lastLineAt < LINE_EVERY_MS) return
    lastLineAt = now()
    process.stderr.write(of > 1 ? `${title} ${done}/${of}\n` : `${title}\n`)
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
    progress: isQuiet ? () => {} : hasBar ? drawBar : writeLine,
    endProgress: clear,
  }
}

/** Gives what says that another process is publishing into the folder, and is waited for. */
export function waitingNote({ note }: Pick<Terminal, 'note'>): (holder: string) => void {
  return holder => note(`${holder} is publishing into the same folder; waiting for it`)
}
