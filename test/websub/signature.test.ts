import { describe, expect, it } from 'vitest'
import { isSigned } from '../../src/websub/signature.ts'
import { signatureOf } from '../support/local-hub.ts'

const BODY = Buffer.from('<feed>架け橋</feed>')
const SECRET = 'a secret'
const GOOD = signatureOf(BODY, SECRET)

const cases: readonly (readonly [name: string, signature: string | undefined, expected: boolean])[] = [
  ...(['sha1', 'sha256', 'sha384', 'sha512'] as const).map(method => [method, signatureOf(BODY, SECRET, method), true] as const),
  ['upper case', GOOD.toUpperCase(), true],
  ['white space around it', ` ${GOOD} `, true],
  ['none', undefined, false],
  ['an empty one', '', false],
  ['another method', signatureOf(BODY, SECRET, 'md5'), false],
  ['another secret', signatureOf(BODY, 'another'), false],
  ['another body', signatureOf('x', SECRET), false],
  ['another method’s digest', GOOD.replace('sha256', 'sha1'), false],
  ['a cut-off digest', GOOD.slice(0, -2), false],
  ['a digest that goes on', `${GOOD}00`, false],
  ['no hex', GOOD.replace(/[0-9a-f]$/, 'g'), false],
  ['two of them', `${GOOD}, ${GOOD}`, false],
  ['a property of objects', 'constructor=00', false],
]

describe('isSigned', () => {
  for (const [name, signature, expected] of cases)
    it(`${expected ? 'takes' : 'refuses'} ${name}`, () => expect(isSigned(BODY, signature, SECRET)).toBe(expected))
})
