// Runs the shared feed-parsing cases through the project's adapter and prints the table by group.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const shared = fileURLToPath(new URL('../../../shared/data/conformance/', import.meta.url))
if (existsSync(shared)) {
  const adapter = fileURLToPath(new URL('./conformance-adapter.ts', import.meta.url))
  const arguments_ = [`${shared}run.mjs`, '--adapter', adapter, '--cases', `${shared}cases.json`, ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, arguments_, { stdio: 'inherit' }).status ?? 1
} else console.log(`skipped: the shared cases are not there (${shared})`)
