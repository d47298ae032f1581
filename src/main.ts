import { runProgram } from './cli/program.ts'

const ending = new AbortController()
// Once asks to end in order; twice is meant, and the default takes over.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort())
process.exitCode = await runProgram(process.argv.slice(2), ending.signal)
