import type { Instant } from '../../src/domain/time.ts'

/** When the tests of this folder begin. */
export const START: Instant = Date.parse('2026-04-01T00:00:00Z')
