import { describe, expect, it } from 'vitest'
import { asForeseen } from '../../src/cli/unusable-ground.ts'
import { AppError } from '../../src/domain/app-error.ts'

describe('asForeseen', () => {
  for (const code of ['EACCES', 'EPERM', 'ENOTDIR', 'ENOSPC', 'EROFS', 'EEXIST', 'EISDIR', 'ENAMETOOLONG'])
    it(`takes ${code} for a place that cannot be written`, () => {
      const error = asForeseen(Object.assign(new Error(`${code}: no`), { code, path: '/srv/public' }))
      expect(error).toMatchObject({
        code: 'publish-failed',
        message: `/srv/public: expected a place that can be written, got: ${code}: no`,
      })
    })

  const others: readonly [name: string, error: unknown][] = [
    ['a bug', new TypeError('x is not a function')],
    ['a missing file', Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', path: '/a' })],
    ['what was foreseen before', new AppError('not-found', 'no')],
    ['what is no error', 'EACCES'],
  ]
  for (const [name, error] of others) it(`leaves ${name} as it is`, () => expect(asForeseen(error)).toBe(error))
})
