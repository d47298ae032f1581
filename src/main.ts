import { enableCompileCache } from 'node:module'

// Before anything else is loaded: the second start takes half the time of the first.
enableCompileCache()
const { runProgram } = await import('./cli/program.ts')

const ending = new AbortController()
// Once asks to end in order; twice is meant, and the default takes over.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort())
// Who closes the pipe has read enough, as in `kakehashi status | head -1`.
for (const output of [process.stdout, process.stderr])
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error
    ending.abort()
  })
process.exitCode = await runProgram(process.argv.slice(2), ending.signal)
