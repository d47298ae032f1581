import { defineConfig } from 'vitest/config'
import { ClosingLine } from './support/closing-line.ts'

export default defineConfig({
  test: {
    dir: 'test',
    reporters: ['default', new ClosingLine()],
    include: ['**/*.test.ts'],
    exclude: ['bench/**', '**/node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
