import { describe, expect, it } from 'vitest'
import { chooseCoding, isNotModified } from '../../src/web/negotiation.ts'

describe('chooseCoding', () => {
  const cases: readonly [header: string | undefined, coding: string][] = [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;Q=1.0', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br; q=0.0 , gzip; q=0.5', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['gzip, zstd', 'zstd'],
    ['br;q=0, *', 'zstd'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['br;q=0, zstd;q=0, *;q=0.1', 'gzip'],
    ['identity', 'identity'],
    ['deflate', 'identity'],
    ['br;q=much', 'identity'],
    [',,;=;', 'identity'],
  ]
  for (const [header, coding] of cases) it(`answers "${header}" with ${coding}`, () => expect(chooseCoding(header)).toBe(coding))

  it('takes linear time over white space', () => {
    const startedAt = performance.now()
    expect(chooseCoding(`br${' '.repeat(100_000)}x, gzip`)).toBe('gzip')
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})

describe('isNotModified', () => {
  const file = {
    forms: { identity: { etag: '"d"' }, gzip: { etag: '"d-gzip"' }, br: { etag: '"d-br"' }, zstd: { etag: '"d-zstd"' } },
    modifiedAt: Date.parse('2025-03-12T09:00:00Z'),
  }
  const modified = 'Wed, 12 Mar 2025 09:00:00 GMT'
  const cases: readonly [name: string, noneMatch: string | undefined, since: string | undefined, isSame: boolean][] = [
    ['no condition', undefined, undefined, false],
    ['the tag', '"d"', undefined, true],
    ['the tag of another coding', '"d-gzip"', undefined, true],
    ['a weak form of the tag', 'W/"d-br"', undefined, true],
    ['one of several tags', '"x" , W/"d"', undefined, true],
    ['any tag', '*', undefined, true],
    ['another tag', '"e"', undefined, false],
    ['a tag without quotes', 'd', undefined, false],
    ['another tag, whatever the date', '"e"', modified, false],
    ['the date', undefined, modified, true],
    ['a later date', undefined, 'Wed, 12 Mar 2025 10:00:00 GMT', true],
    ['an earlier date', undefined, 'Wed, 12 Mar 2025 08:59:59 GMT', false],
    ['what is no date', undefined, 'yesterday', false],
  ]
  for (const [name, noneMatch, since, isSame] of cases)
    it(`calls a copy with ${name} ${isSame ? 'good' : 'stale'}`, () =>
      expect(isNotModified({ 'if-none-match': noneMatch, 'if-modified-since': since }, file)).toBe(isSame))
})
