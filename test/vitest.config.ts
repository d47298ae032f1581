import { defineConfig } from 'vitest/config'
import { ClosingLine } from './support/closing-line.ts'

export default defineConfig({
  test: {
    dir: 'test',
    reporters: ['default', new ClosingLine()],
    include: ['**/*.test.ts'],
    exclude: ['bench/**', '**/node_modules/**'],
    // One worker fewer than cores, the default, is one at a time on a machine with two; much of the time is waiting.
    maxWorkers: '100%',
    testTimeout: 40_000,
    hookTimeout: 60_000,
  },
})
