import { afterAll } from 'vitest'

const closers: (() => unknown)[] = []

afterAll(async () => {
  const failures: unknown[] = []
  for (const close of closers.splice(0).reverse()) {
    try {
      await close()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
})

/** Runs `close` when the tests of the file are done; what was opened last is closed first, and a failure keeps nothing else open. */
export function atEnd(close: () => unknown): void {
  closers.push(close)
}
