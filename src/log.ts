import { type Logger, pino } from 'pino'

/** Where structured lines go. */
export type Log = Logger

/** Opens the log: JSON lines on standard error, so that standard output stays for what a command prints. */
export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: ['url', '*.url', 'headers', '*.headers'], remove: true },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
