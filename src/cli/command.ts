import type { Environment } from '../config/environment.ts'
import type { Clock } from '../domain/time.ts'
import type { Log } from '../log.ts'
import type { Terminal } from './terminal.ts'

/** What every command is given. */
export interface CommandContext {
  readonly configFolder: string
  readonly isJson: boolean
  readonly terminal: Terminal
  readonly environment: Environment
  readonly openLog: (level: string) => Log | Promise<Log>
  readonly now: Clock
  readonly random: () => number
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal
}
