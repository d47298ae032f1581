import { readFileSync, writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

// Preloaded with `--import` into a program under test: its last line on standard error says how much memory it held at
// most. Linux keeps the peak of a process under VmHWM; `maxRSS` begins there with that of the process it was forked from.
if (isMainThread) process.on('exit', () => void writeSync(2, `peak memory: ${peakKilobytes()} kB\n`))

function peakKilobytes(): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}
