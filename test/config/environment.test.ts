import { describe, expect, it } from 'vitest'
import { fillSecrets, readEnvironment } from '../../src/config/environment.ts'

describe('readEnvironment', () => {
  it('gives nothing where nothing is set', () => {
    expect(readEnvironment({})).toEqual({
      isPlain: false,
      installedDictionary: '/usr/share/edict/edict',
      secret: expect.any(Function),
    })
  })

  it('takes the config folder and the log level', () => {
    expect(readEnvironment({ KAKEHASHI_CONFIG: '/etc/kakehashi', KAKEHASHI_LOG_LEVEL: 'debug' })).toMatchObject({
      configFolder: '/etc/kakehashi',
      logLevel: 'debug',
    })
  })

  it('takes a variable set to nothing as not set', () => {
    expect(Object.keys(readEnvironment({ KAKEHASHI_CONFIG: '', KAKEHASHI_LOG_LEVEL: '' }))).toEqual([
      'isPlain',
      'installedDictionary',
      'secret',
    ])
  })

  it('names the log levels there are when asked for another', () => {
    expect(() => readEnvironment({ KAKEHASHI_LOG_LEVEL: 'loud' })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'KAKEHASHI_LOG_LEVEL: expected one of debug, info, warn, error, silent, got "loud"',
      }),
    )
  })

  const plain: readonly [variables: Readonly<Record<string, string>>, isPlain: boolean][] = [
    [{ NO_COLOR: '1' }, true],
    [{ NO_COLOR: '' }, false],
    [{ TERM: 'dumb' }, true],
    [{ TERM: 'xterm-256color' }, false],
    [{ CI: 'true' }, true],
  ]
  for (const [variables, isPlain] of plain) {
    it(`draws ${isPlain ? 'no' : 'a'} progress bar with ${JSON.stringify(variables)}`, () => {
      expect(readEnvironment(variables).isPlain).toBe(isPlain)
    })
  }

  it('looks secrets up by name', () => {
    const { secret } = readEnvironment({ TOKEN: 't0p' })
    expect([secret('TOKEN'), secret('OTHER')]).toEqual(['t0p', undefined])
  })
})

describe('fillSecrets', () => {
  const secret = (name: string) => ({ TOKEN: 't0p', USER: 'me', EMPTY: '' })[name]

  const fillings: readonly [text: string, filled: string][] = [
    ['https://a.example/feed', 'https://a.example/feed'],
    ['https://a.example/feed?key=${TOKEN}', 'https://a.example/feed?key=t0p'],
    ['https://${USER}:${TOKEN}@a.example/${USER}', 'https://me:t0p@a.example/me'],
    ['https://a.example/${EMPTY}', 'https://a.example/'],
    ['https://a.example/$TOKEN/${}/${1A}', 'https://a.example/$TOKEN/${}/${1A}'],
  ]
  for (const [text, filled] of fillings)
    it(`fills ${text}`, () => expect(fillSecrets(text, secret)).toEqual({ kind: 'filled', text: filled }))

  it('names the first variable that is not set', () => {
    expect(fillSecrets('https://${TOKEN}/${NOPE}/${NOR_THIS}', secret)).toEqual({ kind: 'missing', name: 'NOPE' })
  })

  it('does not fill what a secret itself contains', () => {
    expect(fillSecrets('https://a/${A}', () => '${A}$&')).toEqual({ kind: 'filled', text: 'https://a/${A}$&' })
  })
})
