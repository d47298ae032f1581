import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { STYLESHEET } from '../../../src/render/page/stylesheet.ts'

const css = readFileSync(STYLESHEET.file, 'utf8')
const [, light = '', dark = ''] = css.split(':root {')

describe('STYLESHEET', () => {
  it('stays below 12 KB', () => expect(Buffer.byteLength(css)).toBeLessThan(12_288))

  it('fetches nothing, which the pages would refuse', () => expect(css).not.toMatch(/url\(|@import|@font-face/))

  for (const [scheme, block] of [
    ['light', light],
    ['dark', dark],
  ] as const)
    for (const text of ['ink', 'soft', 'link', 'lacquer'])
      for (const ground of ['paper', 'sheet'])
        it(`sets ${text} on ${ground} with AA contrast in the ${scheme} scheme`, () =>
          expect(contrast(colour(block, text), colour(block, ground))).toBeGreaterThanOrEqual(4.5))
})

function colour(block: string, name: string): string {
  return new RegExp(`--${name}: #([0-9a-f]{6});`).exec(block)?.[1] ?? expect.fail(`no colour --${name}`)
}

/** WCAG 2.2 contrast ratio of two colours, `rrggbb`. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map(at => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
