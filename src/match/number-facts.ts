const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const WORDS: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, 20 + 10 * index] as const),
  ...(['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'].map((word, index) => [word, 13 + index]) as [
    string,
    number,
  ][]),
])
const MAGNITUDES: Readonly<Record<string, number>> = {
  ...{ hundred: 1e2, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12, k: 1e3, m: 1e6, mn: 1e6, bn: 1e9, b: 1e9, tn: 1e12 },
}
const DIGITS = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?'
const ENGLISH_DATE = new RegExp(
  `\\b(?:${MONTH}\\s+(?<after>\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d)|(?<before>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH.replace('month', 'month2')}(?![a-z]))`,
  'gi',
)
const ENGLISH_NUMBER = new RegExp(
  `(?<![\\w.-])(?<digits>${DIGITS})(?:[\\s-]?(?<magnitude>hundred|thousand|million|billion|trillion|bn|mn|tn|k|m|b)\\b)?(?<percent>\\s?(?:%|per\\s?cent\\b|percentage points?\\b))?(?<decade>s\\b)?(?![\\w-]*[a-z]-?\\d)`,
  'gi',
)
const ENGLISH_WORDS = new RegExp(
  `\\b(?<tens>${TENS.join('|')})?-?(?<unit>${[...WORDS.keys()].filter(word => !TENS.includes(word)).join('|')})?\\b(?:\\s(?<magnitude>hundred|thousand|million|billion|trillion)\\b)?`,
  'gi',
)

// 2.7.1, 1.9.3-p125, 3.0.0-rc1, CVE-2019-16255: what tells one release, or one hole, from the next.
const VERSION =
  /(?<![\w.,])(?:cve-\d{4}-\d{3,7}|\d+(?:\.\d+){2,3}(?:[ -]?(?:p|rc|preview|beta|alpha|patch)[ -]?\d+)?|\d+\.\d+[ -]?(?:p|rc|preview|beta|alpha|patch)[ -]?\d*)(?![\w])/gi

const KANJI_DIGITS = '〇一二三四五六七八九'
const ERAS: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 }
const JAPANESE_UNITS: readonly (readonly [unit: string, value: number])[] = [
  ['兆', 1e12],
  ['億', 1e8],
  ['万', 1e4],
  ['千', 1e3],
  ['百', 1e2],
]
const JAPANESE_NUMBER = /\d[\d,]*(?:\.\d+)?(?:[兆億万千百]\d*[\d,]*(?:\.\d+)?)*[兆億万千百]?/g

/**
 * The dates, years, shares and numbers that an English text names, in the form in which both languages are compared:
 * `d3-11` (month and day), `y2025`, `p12.5` (per cent), `n1200000`.
 */
export function englishFacts(text: string): ReadonlySet<string> {
  const facts = new Set<string>()
  const plain = text.replace(/[\u2010-\u2015]/g, '-')
  const rest = withoutVersions(plain, facts).replace(ENGLISH_DATE, (...match) => {
    const { month, month2, after, before } = match.at(-1) as Record<string, string | undefined>
    const index = MONTHS.indexOf((month ?? month2 ?? '').slice(0, 3).toLowerCase())
    facts.add(`d${index + 1}-${Number(after ?? before)}`)
    return ' '
  })
  for (const { groups } of rest.matchAll(ENGLISH_NUMBER)) {
    const value = Number(groups?.['digits']?.replace(/,/g, ''))
    const magnitude = groups?.['magnitude']?.toLowerCase()
    add(facts, value * (magnitude === undefined ? 1 : (MAGNITUDES[magnitude] ?? 1)), {
      isShare: groups?.['percent'] !== undefined,
      isYear: magnitude === undefined && !groups?.['digits']?.includes(','),
    })
  }
  for (const { groups } of rest.matchAll(ENGLISH_WORDS)) {
    const tens = WORDS.get(groups?.['tens']?.toLowerCase() ?? '')
    const unit = WORDS.get(groups?.['unit']?.toLowerCase() ?? '')
    if (tens === undefined && unit === undefined) continue
    const magnitude = groups?.['magnitude']?.toLowerCase()
    add(facts, ((tens ?? 0) + (unit ?? 0)) * (magnitude === undefined ? 1 : (MAGNITUDES[magnitude] ?? 1)), {
      isShare: false,
      isYear: false,
    })
  }
  return facts
}

/** The same of a Japanese text in Unicode normalisation form KC. */
export function japaneseFacts(text: string): ReadonlySet<string> {
  const facts = new Set<string>()
  const western = withoutVersions(text, facts)
    .replace(
      /(令和|平成|昭和|大正|明治)(\d{1,2}|元)年/g,
      (_, era: string, year: string) => `${(ERAS[era] ?? 0) + (year === '元' ? 1 : Number(year))}年`,
    )
    .replace(/[〇一二三四五六七八九]{2,}(?=[年月日])|[一二三四五六七八九](?=[つ人件年月日回度カヵか国社隻機発位番割])/g, digits =>
      [...digits].map(digit => KANJI_DIGITS.indexOf(digit)).join(''),
    )
  const rest = western
    .replace(/(\d{1,2})月(\d{1,2})日/g, (_, month: string, day: string) => {
      facts.add(`d${Number(month)}-${Number(day)}`)
      return ' '
    })
    .replace(/(?<![\d])(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)/g, (_, year: string, month: string, day: string) => {
      facts.add(`y${year}`).add(`d${Number(month)}-${Number(day)}`)
      return ' '
    })
  for (const match of rest.matchAll(JAPANESE_NUMBER)) {
    const after = rest.slice(match.index + match[0].length, match.index + match[0].length + 6)
    const isTenths = after.startsWith('割')
    add(facts, amountOf(match[0]) * (isTenths ? 10 : 1), {
      isShare: isTenths || /^(?:%|パセント|パーセント|ポイント)/.test(after),
      isYear: /^\d{4}$/.test(match[0]),
    })
  }
  return facts
}

/** Takes versions out of a text, so that their parts are no numbers. */
function withoutVersions(text: string, facts: Set<string>): string {
  return text.replace(VERSION, version => {
    facts.add(`v${version.toLowerCase().replace(/[ -]/g, '')}`)
    return ' '
  })
}

function add(facts: Set<string>, value: number, { isShare, isYear }: { readonly isShare: boolean; readonly isYear: boolean }): void {
  if (!Number.isFinite(value)) return
  const rounded = Number(value.toPrecision(6))
  if (isShare) facts.add(`p${rounded}`)
  else if (isYear && rounded >= 1800 && rounded < 2100 && Number.isInteger(rounded)) facts.add(`y${rounded}`)
  else facts.add(`n${rounded}`)
}

/** 1億2000万 is 120000000. */
function amountOf(text: string): number {
  let sum = 0
  let left = text.replace(/,/g, '')
  for (const [unit, value] of JAPANESE_UNITS) {
    const at = left.indexOf(unit)
    if (at < 0) continue
    const part = left.slice(0, at)
    sum += (part === '' ? 1 : /[千百]/.test(part) ? amountOf(part) : Number(part)) * value
    left = left.slice(at + 1)
  }
  return sum + (left === '' ? 0 : Number(left))
}
