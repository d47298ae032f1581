import { describe, expect, it } from 'vitest'
import { readGlossary } from '../../src/config/glossary.ts'

const read = (text: string) => readGlossary('config/glossary.tsv', text)

describe('readGlossary', () => {
  it('reads expressions with their renderings, whatever the line ends', () => {
    expect(read('# mine\r\nporcupine strategy\tヤマアラシ戦略; 針鼠戦略\r\n\r\nF-55\tF55；F-55\n')).toEqual({
      glossary: [
        { english: 'porcupine strategy', japanese: ['ヤマアラシ戦略', '針鼠戦略'] },
        { english: 'F-55', japanese: ['F55', 'F-55'] },
      ],
      problems: [],
    })
  })

  const faults: readonly [line: string, column: number, message: string][] = [
    ['porcupine strategy ヤマアラシ', 1, 'a tab'],
    ['\tヤマアラシ', 1, 'expected an English expression'],
    ['戦略\tヤマアラシ', 1, 'expected an English expression, got "戦略"'],
    ['porcupine\t', 11, 'expected Japanese renderings'],
    ['porcupine\tヤマアラシ;;針', 11, 'expected Japanese renderings'],
    ['porcupine\tヤマアラシ\t針', 11, 'expected one tab'],
  ]
  for (const [line, column, message] of faults)
    it(`says what is wrong with ${JSON.stringify(line)}, and keeps the others`, () => {
      const { glossary, problems } = read(`quill\t針\n${line}\n`)
      expect(glossary).toEqual([{ english: 'quill', japanese: ['針'] }])
      expect(problems).toMatchObject([{ file: 'config/glossary.tsv', line: 2, column, severity: 'error' }])
      expect(problems[0]?.message).toContain(message)
    })
})
