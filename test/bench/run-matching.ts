// Runs the matcher over the shared matching data, as its README says: conditions a, b and c, the near-duplicates,
// what linked pairs teach, and what an archive costs.
import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const DATA = fileURLToPath(new URL('../../../shared/data/matching/', import.meta.url))
const ADAPTER = fileURLToPath(new URL('matching-adapter.ts', import.meta.url))

if (existsSync(DATA)) {
  // Started through a link, the evaluator does not know itself for what was started.
  const evaluator = realpathSync(`${DATA}eval.mjs`)
  run(evaluator, 'dev.jsonl', 'a,b,c')
  run(evaluator, 'stress_ruby.jsonl', 'b')
  for (const script of ['batch-matching.ts', 'learn-matching.ts', 'match-scale.ts'])
    execFileSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], { stdio: 'inherit' })
} else console.log(`skipped: the shared matching data is not there (${DATA})`)

function run(evaluator: string, file: string, conditions: string): void {
  const options = [
    '--matcher',
    ADAPTER,
    '--data',
    `${DATA}${file}`,
    '--condition',
    conditions,
    '--ja',
    'short',
    '--null',
    '0.3',
    '--seeds',
    '5',
  ]
  execFileSync(process.execPath, [evaluator, ...options], { stdio: 'inherit' })
}
