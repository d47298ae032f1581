import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelSlugs } from '../../src/label/slug.ts'

const slugOf = (label: string) => labelSlugs([label]).get(label)

describe('labelSlugs', () => {
  const cases: readonly [label: string, slug: string | RegExp][] = [
    ['米外交政策', '米外交政策'],
    ['US Foreign Policy', 'us-foreign-policy'],
    ['ＮＡＴＯ（欧州）', 'nato-欧州'],
    ['F-35', 'f-35'],
    ['ウクライナ・ロシア', 'ウクライナ-ロシア'],
    ['か\u3099', 'が'],
    ['../../etc/passwd', 'etc-passwd'],
    ['.hidden', 'hidden'],
    ['a/b\\c:d\0e', 'a-b-c-d-e'],
    ['！？', /^[a-z0-9]{7}$/],
    ['', /^[a-z0-9]{7}$/],
    ['🛫', /^[a-z0-9]{7}$/],
  ]
  for (const [label, slug] of cases)
    it(`makes "${slug}" of ${JSON.stringify(label)}`, () =>
      expect(slugOf(label)).toMatch(typeof slug === 'string' ? new RegExp(`^${slug}$`, 'u') : slug))

  it('tells labels apart that would share a slug, in any order', () => {
    const labels = ['NATO', 'nato', 'Ｎａｔｏ', '！', '？', 'x'.repeat(80), 'x'.repeat(81)]
    const straight = labelSlugs(labels)
    const reversed = labelSlugs(labels.toReversed())
    for (const label of labels) expect(reversed.get(label)).toBe(straight.get(label))
    expect(new Set(straight.values()).size).toBe(labels.length)
    expect(straight.get('nato')).toBe('nato')
    expect(straight.get('NATO')).toMatch(/^nato-[a-z0-9]{7}$/)
  })

  it('leaves slugs that are taken alone', () => {
    expect(labelSlugs(['台湾'], new Set(['台湾'])).get('台湾')).toMatch(/^台湾-[a-z0-9]{7}$/)
  })

  it('gives every label a name that is safe for a file and fits its limits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 100 }), { maxLength: 20 }), labels => {
        for (const slug of labelSlugs(labels).values()) {
          expect(slug).toMatch(/^[^/\\:\s.\0][^/\\:\s\0]*$/u)
          expect([...slug].length).toBeLessThanOrEqual(68)
        }
      }),
    )
  })
})
