import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTerminal } from '../../src/cli/terminal.ts'
import { SECOND } from '../../src/domain/time.ts'

describe('openTerminal', () => {
  let written: string[]
  let time = 0
  const now = () => time
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
    const terminal = openTerminal({ isPlain: false }, { isQuiet: false, now })
    terminal.print('{}')
    terminal.note('3 sources')
    expect(written).toEqual(['out:{}\n', 'err:3 sources\n'])
  })

  it('draws a bar and takes it off before anything else is written', () => {
    const terminal = openTerminal({ isPlain: false }, { isQuiet: false, now })
    terminal.progress('poll', 6, 12)
    terminal.print('done')
    terminal.endProgress()
    expect(written).toEqual([expect.stringMatching(/poll █{12}░{12} 6\/12$/), 'err:\r\u001b[2K', 'out:done\n'])
  })

  it('shows a full bar for no work', () => {
    openTerminal({ isPlain: false }, { isQuiet: false, now }).progress('poll', 0, 0)
    expect(written.join()).toContain('█'.repeat(24))
  })

  const elsewhere: readonly [name: string, isPlain: boolean, isTerminal: boolean][] = [
    ['when plain output is asked for', true, true],
    ['where nobody looks', false, false],
  ]
  for (const [name, isPlain, isTerminal] of elsewhere)
    it(`writes a line at most every five seconds ${name}`, () => {
      process.stderr.isTTY = isTerminal
      const terminal = openTerminal({ isPlain }, { isQuiet: false, now })
      for (let done = 1; done <= 120; done++) {
        time += 100
        terminal.progress('polling', done, 1000)
      }
      terminal.endProgress()
      expect(written).toEqual(['err:polling 50/1000\n', 'err:polling 100/1000\n'])
    })

  it('says what goes on without a count where there is only one thing to do', () => {
    process.stderr.isTTY = false
    const terminal = openTerminal({ isPlain: false }, { isQuiet: false, now })
    time += 5 * SECOND
    terminal.progress('matching', 0, 1)
    expect(written).toEqual(['err:matching\n'])
  })

  it('shows no progress for programs, on a terminal or not', () => {
    for (const isTerminal of [true, false]) {
      process.stderr.isTTY = isTerminal
      const terminal = openTerminal({ isPlain: false }, { isQuiet: true, now })
      time += 60 * SECOND
      terminal.progress('poll', 1, 2)
      terminal.endProgress()
    }
    expect(written).toEqual([])
  })
})
