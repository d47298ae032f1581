import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTerminal } from '../../src/cli/terminal.ts'

describe('openTerminal', () => {
  let written: string[]
  const isTty = process.stderr.isTTY
  beforeEach(() => {
    written = []
    vi.spyOn(process.stdout, 'write').mockImplementation(text => written.push(`out:${String(text)}`) > 0)
    vi.spyOn(process.stderr, 'write').mockImplementation(text => written.push(`err:${String(text)}`) > 0)
    process.stderr.isTTY = true
  })
  afterEach(() => {
    vi.restoreAllMocks()
    process.stderr.isTTY = isTty
  })

  it('keeps what was asked for apart from what is said beside it', () => {
    const terminal = openTerminal({ isPlain: false }, false)
    terminal.print('{}')
    terminal.note('3 sources')
    expect(written).toEqual(['out:{}\n', 'err:3 sources\n'])
  })

  it('draws a bar and takes it off before anything else is written', () => {
    const terminal = openTerminal({ isPlain: false }, false)
    terminal.progress('poll', 6, 12)
    terminal.print('done')
    terminal.endProgress()
    expect(written).toEqual([expect.stringMatching(/poll █{12}░{12} 6\/12$/), 'err:\r\u001b[2K', 'out:done\n'])
  })

  it('shows a full bar for no work', () => {
    openTerminal({ isPlain: false }, false).progress('poll', 0, 0)
    expect(written.join()).toContain('█'.repeat(24))
  })

  const silent: readonly [name: string, isPlain: boolean, isQuiet: boolean, isTerminal: boolean][] = [
    ['when plain output is asked for', true, false, true],
    ['when quiet', false, true, true],
    ['where nobody looks', false, false, false],
  ]
  for (const [name, isPlain, isQuiet, isTerminal] of silent)
    it(`draws no bar ${name}`, () => {
      process.stderr.isTTY = isTerminal
      const terminal = openTerminal({ isPlain }, isQuiet)
      terminal.progress('poll', 1, 2)
      terminal.endProgress()
      expect(written).toEqual([])
    })
})
