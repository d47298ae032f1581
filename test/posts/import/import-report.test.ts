import { describe, expect, it } from 'vitest'
import { describeImport, type ImportReport } from '../../../src/posts/import/import-report.ts'

function lastLine(changes: Partial<ImportReport>): string | undefined {
  const counts = { read: 3, added: 3, changed: 0, unchanged: 0, kept: 0, withoutAddress: 0, nameless: 0 }
  return describeImport({ kind: 'movable-type', encoding: 'utf-8', title: '', ...counts, skipped: [], ...changes }).at(-1)
}

describe('describeImport', () => {
  it('asks for the host where that would give posts their address', () => {
    expect(lastLine({ withoutAddress: 3, nameless: 1 })).toMatch(/^1 post without an address: /)
    expect(lastLine({ withoutAddress: 3 })).toBe("3 posts without an address: give the blog's host with --host, and import again")
  })

  it('says what the export lacks where no host would help', () => {
    expect(lastLine({ withoutAddress: 2, nameless: 2 })).toBe(
      '2 posts without an address: the export has no PERMALINK, UNIQUE URL, URL or PATH for them, and no BASENAME as Hatena Blog writes it',
    )
    expect(lastLine({ kind: 'wordpress', withoutAddress: 1, nameless: 1 })).toBe('1 post without an address: the export names none')
    expect(lastLine({})).not.toContain('address')
  })
})
