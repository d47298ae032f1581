// What publishers and their tools (Python, Java, IBM, Windows) write for encodings the WHATWG standard knows by other labels.
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:windows|cp|ms)?-?(125\d|874)$/, 'windows-$1'],
  [/^(?:windows|cp|ms)?-?(?:932|31j)$|^(?:ms-?kanji|s-?jis|shift-?jis)$/, 'shift_jis'],
  [/^(?:windows|cp|ms)?-?936$|^(?:euc-?(?:gb2312-?)?cn|gb-?2312(?:-(?:19)?80)?)$/, 'gbk'],
  [/^(?:windows|cp|ms)?-?949$|^(?:uhc|ks-?x-?1001|ks-?c-?5601(?:-1987)?)$/, 'euc-kr'],
  [/^(?:windows|cp|ms)?-?950$/, 'big5'],
  [/^(?:cp|ibm)?-?866$/, 'ibm866'],
  [/^iso-?8859-?(1?\d)(?:[-:](?:19|20)\d\d)?$/, 'iso-8859-$1'],
  [/^(?:latin-?|l)([1-6])$/, 'latin$1'],
  [/^latin-?9$/, 'iso-8859-15'],
  [/^(?:latin-?7|l7)$/, 'iso-8859-13'],
  [/^(?:latin-?8|l8)$/, 'iso-8859-14'],
  [/^(?:latin-?10|l10)$/, 'iso-8859-16'],
  [/^(?:x-)?mac-?roman$/, 'macintosh'],
  [/^(?:x-)?mac-?cyrillic$/, 'x-mac-cyrillic'],
  [/^iso-?2022-?jp(?:-.{1,6})?$/, 'iso-2022-jp'],
  [/^(?:euc-?jp|u-?jis)$/, 'euc-jp'],
  [/^euc-?kr$/, 'euc-kr'],
  [/^koi8-?([ru])$/, 'koi8-$1'],
  [/^utf-?8\b.*$/, 'utf-8'],
]

/** The label under which the WHATWG Encoding standard may know an encoding that somebody calls by another name. */
export function usualLabel(label: string): string {
  const plain = label.trim().toLowerCase().replaceAll('_', '-')
  for (const [pattern, usual] of SPELLINGS) if (pattern.test(plain)) return plain.replace(pattern, usual)
  return plain
}
