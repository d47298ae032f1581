import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { edictEntry } from '../../src/match/dictionary-edict.ts'
import { dictionaryFault, readDictionary } from '../../src/match/dictionary-file.ts'
import { glossesOf } from '../../src/match/dictionary-glosses.ts'
import { jmdictEntry } from '../../src/match/dictionary-jmdict.ts'

const EDICT = `　？？？ /A dictionary made for this test/
艦隊 [かんたい] /(n) fleet/armada/(P)/
浮かべる [うかべる] /(v1,vt) (1) to float/to set afloat/(2) to recall/(P)/
`
const EDICT2 = '灯台(P);燈台(oK) [とうだい] /(n) lighthouse/(P)/EntL1234560X/\n'
// 艦隊 [かんたい] /(n) fleet/ in EUC-JP.
const IN_EUC_JP = Buffer.concat([Buffer.from('b4cfc2e2205ba4aba4f3a4bfa4a45d20', 'hex'), Buffer.from('/(n) fleet/armada/(P)/\n', 'latin1')])
const JMDICT = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE JMdict [
<!ELEMENT JMdict (entry*)>
<!ENTITY n "noun (common) (futsuumeishi)">
<!ENTITY more "&n;&n;&n;&n;">
<!ENTITY file SYSTEM "file:///etc/hostname">
]>
<JMdict>
<entry><ent_seq>1</ent_seq>
<k_ele><keb>艦隊</keb><ke_pri>news1</ke_pri></k_ele>
<r_ele><reb>かんたい</reb></r_ele>
<sense><pos>&n;</pos><gloss>fleet</gloss><gloss g_type="lit">ships &amp; boats</gloss><gloss xml:lang="ger">Flotte</gloss></sense>
<sense><misc>&arch;</misc><gloss>squadron</gloss></sense>
</entry>
<entry><r_ele><reb>ライトハウス</reb></r_ele><sense><pos>&n;</pos><gloss xml:lang="eng">lighthouse</gloss><gloss>&file;</gloss></sense></entry>
</JMdict>
`

async function written(content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kakehashi-dictionary-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'dictionary'), content)
  return join(folder, 'dictionary')
}

const read = async (content: string | Uint8Array) => readDictionary(await written(content))

describe('readDictionary', () => {
  const forms: readonly [name: string, content: string | Uint8Array, term: string, glosses: readonly string[]][] = [
    ['EDICT in UTF-8', EDICT, '艦隊', ['fleet', 'armada']],
    ['EDICT in EUC-JP', IN_EUC_JP, '艦隊', ['fleet', 'armada']],
    ['EDICT packed', gzipSync(IN_EUC_JP), '艦隊', ['fleet', 'armada']],
    ['lines that end as on Windows', EDICT.replaceAll('\n', '\r\n'), '浮かべる', ['float', 'set afloat', 'recall']],
    ['EDICT2, each of its headwords', EDICT2, '燈台', ['lighthouse']],
    ['JMdict', JMDICT, '艦隊', ['fleet', 'ships & boats']],
    ['JMdict packed', gzipSync(JMDICT), 'ライトハウス', ['lighthouse']],
    ['words in kana alone', JMDICT, 'ライトハウス', ['lighthouse']],
    ['a last line without an end', EDICT.trimEnd(), '浮かべる', ['float', 'set afloat', 'recall']],
  ]
  for (const [name, content, term, glosses] of forms)
    it(`reads ${name}`, async () => {
      const { dictionary, fault } = await read(content)
      expect(fault).toBeUndefined()
      expect(dictionary.glossesOf(term)).toEqual(glosses)
    })

  it('reads entries that are cut anywhere as the file comes in pieces', async () => {
    const many = Array.from(
      { length: 30_000 },
      (_, index) => `艦隊${String.fromCodePoint(0x4e00 + (index % 15_000))} /(n) fleet ${index}/\n`,
    )
    const { dictionary } = await read(many.join(''))
    expect(dictionary.size).toBe(15_000)
    expect(dictionary.glossesOf('艦隊一')).toEqual(['fleet 0', 'fleet 15000'])
  })

  it('expands no entity', async () => {
    const { dictionary } = await read(JMDICT)
    expect(dictionary.glossesOf('ライトハウス')).toEqual(['lighthouse'])
  })

  it('keeps what stands before a fault', async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, index) => `艦隊${String.fromCodePoint(0x4e00 + (index % 20_000))} /(n) fleet ${index * 7919}/\n`,
    )
    const packed = gzipSync(lines.join(''))
    const { dictionary, fault } = await read(packed.subarray(0, packed.length - 1_000))
    expect(fault).toMatch(/^got unexpected end of file/)
    expect(dictionary.size).toBeGreaterThan(10_000)
  })

  it('reads no more than one longest entry where nothing ends', async () => {
    const { dictionary, fault } = await read(`<JMdict>${'<entry><keb>艦</keb>'.repeat(150_000)}`)
    expect([dictionary.size, fault]).toEqual([0, 'got a file in another form than EDICT or JMdict'])
  })
})

describe('dictionaryFault', () => {
  it('finds none in a dictionary, packed or not, and reads only its beginning', async () => {
    const long = EDICT.repeat(100_000)
    for (const content of [long, gzipSync(long), JMDICT]) expect(await dictionaryFault(await written(content))).toBeUndefined()
  })

  const others: readonly [name: string, content: string | Uint8Array][] = [
    ['an empty file', ''],
    ['a text', 'a text\nwith lines\n'.repeat(200_000)],
    ['another XML document', '<feed><entry><title>a</title></entry></feed>'],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ]
  for (const [name, content] of others)
    it(`says that ${name} is none`, async () =>
      expect(await dictionaryFault(await written(content))).toBe('got a file in another form than EDICT or JMdict'))

  it('says that a file is not there', async () => {
    expect(await dictionaryFault(join(tmpdir(), 'kakehashi-no-such-dictionary'))).toBe('found no such file')
  })
})

describe('entries', () => {
  it('are read from any text without a throw, each within its bounds', () => {
    const piece = fc.constantFrom(
      '<entry>',
      '<sense>',
      '<gloss>',
      '</gloss>',
      '<keb>',
      '&n;',
      '/',
      '(',
      ')',
      '{',
      '[',
      ']',
      ' ',
      '(1)',
      'a',
      '艦',
      ';',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), parts => {
        const text = parts.join('')
        for (const entry of [edictEntry(text), jmdictEntry(text)])
          if (entry !== undefined) for (const gloss of glossesOf(entry.body)) expect(gloss.split(' ').length).toBeLessThanOrEqual(3)
      }),
    )
  })

  it('take no time that grows with the square of their length', () => {
    for (const text of [
      `艦 /${'('.repeat(200_000)}/`,
      `艦 /${'(a) '.repeat(50_000)}/`,
      `艦 /${' '.repeat(200_000)}a/`,
      '<gloss '.repeat(50_000),
    ]) {
      const begun = performance.now()
      for (const entry of [edictEntry(text), jmdictEntry(text)]) if (entry !== undefined) glossesOf(entry.body)
      expect(performance.now() - begun).toBeLessThan(1_000)
    }
  })
})
