const KANA: Readonly<Record<string, string>> = {
  ア: 'a',
  イ: 'i',
  ウ: 'u',
  エ: 'e',
  オ: 'o',
  カ: 'ka',
  キ: 'ki',
  ク: 'ku',
  ケ: 'ke',
  コ: 'ko',
  サ: 'sa',
  シ: 'si',
  ス: 'su',
  セ: 'se',
  ソ: 'so',
  タ: 'ta',
  チ: 'ti',
  ツ: 'tu',
  テ: 'te',
  ト: 'to',
  ナ: 'na',
  ニ: 'ni',
  ヌ: 'nu',
  ネ: 'ne',
  ノ: 'no',
  ハ: 'ha',
  ヒ: 'hi',
  フ: 'fu',
  ヘ: 'he',
  ホ: 'ho',
  マ: 'ma',
  ミ: 'mi',
  ム: 'mu',
  メ: 'me',
  モ: 'mo',
  ヤ: 'ya',
  ユ: 'yu',
  ヨ: 'yo',
  ラ: 'ra',
  リ: 'ri',
  ル: 'ru',
  レ: 're',
  ロ: 'ro',
  ワ: 'wa',
  ヲ: 'o',
  ン: 'n',
  ガ: 'ga',
  ギ: 'gi',
  グ: 'gu',
  ゲ: 'ge',
  ゴ: 'go',
  ザ: 'za',
  ジ: 'zi',
  ズ: 'zu',
  ゼ: 'ze',
  ゾ: 'zo',
  ダ: 'da',
  ヂ: 'di',
  ヅ: 'du',
  デ: 'de',
  ド: 'do',
  バ: 'ba',
  ビ: 'bi',
  ブ: 'bu',
  ベ: 'be',
  ボ: 'bo',
  パ: 'pa',
  ピ: 'pi',
  プ: 'pu',
  ペ: 'pe',
  ポ: 'po',
  ヴ: 'vu',
  ァ: 'a',
  ィ: 'i',
  ゥ: 'u',
  ェ: 'e',
  ォ: 'o',
  ャ: 'ya',
  ュ: 'yu',
  ョ: 'yo',
  ッ: '',
  ー: '',
}

/** A katakana in Latin letters, regularly: シ is `si`; empty for what has no sound of its own. */
export function romajiOf(kana: string): string {
  return KANA[kana] ?? ''
}

/** The consonants a katakana word sounds like, in the alphabet of `englishSkeleton`. */
export function katakanaSkeleton(word: string): string {
  const romaji = [...word].map(romajiOf).join('')
  return skeleton(romaji.replace(/ti/g, 'ci').replace(/tu/g, 'cu'))
}

/** The consonants an English word has for a Japanese ear: l is r, v is b, th is s, soft c and s are one. */
export function englishSkeleton(word: string): string {
  const heard = word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z]/g, '')
    .replace(/sch|sh|th/g, 's')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/ck|qu?|c(?!h)/g, 'k')
    .replace(/t?ch|ts|tz/g, 'c')
    .replace(/ph/g, 'f')
    .replace(/x/g, 'ks')
    .replace(/dg|j|g(?=[eiy])/g, 'z')
    // An r behind a vowel lengthens it; an l is heard, so the two are still apart here.
    .replace(/(?<=[aeiou])(?:r|gh|w)(?![aeiou])/g, '')
    .replace(/^kn/, 'n')
  return skeleton(heard)
}

function skeleton(romaji: string): string {
  return romaji
    .replace(/l/g, 'r')
    .replace(/v/g, 'b')
    .replace(/[aeiouyw]/g, '')
    .replace(/m(?=[bp])/g, 'n')
    .replace(/h/g, '')
    .replace(/(.)\1+/g, '$1')
}
