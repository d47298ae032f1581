import { describe, expect, it } from 'vitest'
import { decodeDocument } from '../../src/parse/decode-document.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16())
const utf32be = (text: string) =>
  Uint8Array.from([...text].flatMap(c => [0, ...Buffer.from((c.codePointAt(0) ?? 0).toString(16).padStart(6, '0'), 'hex')]))
// 日本 and テスト in the encodings of Japanese sites.
const SHIFT_JIS = [0x93, 0xfa, 0x96, 0x7b, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67]
const EUC_JP = [0xc6, 0xfc, 0xcb, 0xdc, 0xa5, 0xc6, 0xa5, 0xb9, 0xa5, 0xc8]
const ISO_2022_JP = [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]
const within = (prolog: string, bytes: readonly number[]) => Uint8Array.from([...utf8(prolog), ...bytes])

const cases: readonly [name: string, bytes: Uint8Array, contentType: string | undefined, text: string, encoding: string][] = [
  ['reads UTF-8 without any label', utf8('日本'), undefined, '日本', 'utf-8'],
  ['takes off a byte order mark', utf8('\ufeff日本'), undefined, '日本', 'utf-8'],
  ['lets valid UTF-8 win over a wrong HTTP charset', utf8('日本'), 'text/xml; charset=iso-8859-1', '日本', 'utf-8'],
  [
    'lets valid UTF-8 win over a wrong declaration',
    utf8('<?xml version="1.0" encoding="Shift_JIS"?>日本'),
    undefined,
    '<?xml version="1.0" encoding="Shift_JIS"?>日本',
    'utf-8',
  ],
  [
    'believes a label for an East Asian encoding where the bytes are UTF-8 by chance',
    within('<?xml encoding="gb2312"?>', [0xc4, 0xa3, 0xc4, 0xa3]),
    undefined,
    '<?xml encoding="gb2312"?>模模',
    'gbk',
  ],
  [
    'knows encodings by the names Python has for them',
    within('<?xml encoding="cp1251"?>', [0xcc]),
    undefined,
    '<?xml encoding="cp1251"?>М',
    'windows-1251',
  ],
  ['takes ASCII sent as text/xml without a charset for what the standard says', utf8('<rss/>'), 'text/xml', '<rss/>', 'windows-1252'],
  ['takes ASCII sent as application/xml without a charset for UTF-8', utf8('<rss/>'), 'application/xml', '<rss/>', 'utf-8'],
  ['reads Latin-1 as windows-1252, as browsers do', latin1('\x93caf\xe9\x94'), 'text/xml;charset="ISO-8859-1"', '“café”', 'windows-1252'],
  [
    'believes HTTP before the declaration',
    within('<?xml encoding="EUC-JP"?>', SHIFT_JIS),
    'text/xml; charset=Shift_JIS',
    '<?xml encoding="EUC-JP"?>日本テスト',
    'shift_jis',
  ],
  [
    'believes the declaration where HTTP cannot be right',
    within("<?xml version='1.0' encoding='EUC-JP'?>", EUC_JP),
    'text/xml; charset=utf-8',
    "<?xml version='1.0' encoding='EUC-JP'?>日本テスト",
    'euc-jp',
  ],
  [
    'reads ISO-2022-JP where it is declared',
    within('<?xml encoding="iso-2022-jp"?>', ISO_2022_JP),
    undefined,
    '<?xml encoding="iso-2022-jp"?>日本',
    'iso-2022-jp',
  ],
  ['guesses Shift_JIS without a label', Uint8Array.from([...SHIFT_JIS, ...SHIFT_JIS]), undefined, '日本テスト日本テスト', 'shift_jis'],
  ['guesses EUC-JP without a label', Uint8Array.from([...EUC_JP, ...EUC_JP]), 'text/html', '日本テスト日本テスト', 'euc-jp'],
  [
    'guesses windows-1252 for scattered accents',
    latin1('Les \xe9l\xe8ves fran\xe7ais \xe0 No\xebl'),
    undefined,
    'Les élèves français à Noël',
    'windows-1252',
  ],
  ['reads UTF-16 with a mark', utf16('\ufeff<rss>日'), undefined, '<rss>日', 'utf-16le'],
  ['reads UTF-16 without a mark', swapped(utf16('<rss>日')), undefined, '<rss>日', 'utf-16be'],
  ['reads UTF-32', utf32be('\ufeff<a>𠮷'), undefined, '<a>𠮷', 'utf-32be'],
  [
    'ignores a UTF-16 label on UTF-8',
    utf8('<?xml encoding="utf-16"?>日'),
    'text/xml; charset=utf-16',
    '<?xml encoding="utf-16"?>日',
    'utf-8',
  ],
  ['ignores a charset nobody knows', utf8('日'), 'text/xml; charset=x-bogus', '日', 'utf-8'],
  ['keeps UTF-8 with one broken character', Uint8Array.from([...utf8('日本語の長い文'), 0xff]), undefined, '日本語の長い文\ufffd', 'utf-8'],
]

describe('decodeDocument', () => {
  for (const [name, bytes, contentType, text, encoding] of cases)
    it(name, () => expect(decodeDocument(bytes, contentType)).toEqual({ text, encoding }))
})
