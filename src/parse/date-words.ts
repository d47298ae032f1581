import { HOUR, MINUTE } from '../domain/time.ts'

// Hours east of Greenwich by the zone names that feeds use; RFC 822 §5.1 and what is seen beside it.
const ZONE_HOURS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    Z: 0,
    UT: 0,
    UTC: 0,
    GMT: 0,
    WET: 0,
    EST: -5,
    EDT: -4,
    ET: -5,
    CST: -6,
    CDT: -5,
    CT: -6,
    MST: -7,
    MDT: -6,
    MT: -7,
    PST: -8,
    PDT: -7,
    PT: -8,
    AST: -4,
    ADT: -3,
    AT: -4,
    NST: -3.5,
    NDT: -2.5,
    AKST: -9,
    AKDT: -8,
    HST: -10,
    BRT: -3,
    ART: -3,
    BST: 1,
    WEST: 1,
    CET: 1,
    MET: 1,
    CEST: 2,
    MEST: 2,
    EET: 2,
    SAST: 2,
    EEST: 3,
    MSK: 3,
    IST: 5.5,
    WIB: 7,
    ICT: 7,
    HKT: 8,
    SGT: 8,
    PHT: 8,
    AWST: 8,
    JST: 9,
    KST: 9,
    ACST: 9.5,
    AEST: 10,
    ACDT: 10.5,
    AEDT: 11,
    NZST: 12,
    NZDT: 13,
  }),
)

// Beginnings of month names in English, German, French, Spanish, Portuguese, Italian, Hungarian and Greek, without accents.
const MONTH_BEGINNINGS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'ιαν'],
  ['feb', 'fev', 'φεβ'],
  ['mar', 'μαρ'],
  ['apr', 'abr', 'avr', 'απρ'],
  ['may', 'mai', 'mag', 'maj', 'μαι'],
  ['jun', 'juin', 'giu', 'ιουν'],
  ['jul', 'juil', 'lug', 'ιουλ'],
  ['aug', 'ago', 'aou', 'αυγ'],
  ['sep', 'set', 'sze', 'σεπ'],
  ['oct', 'okt', 'out', 'ott', 'οκτ'],
  ['nov', 'νοε'],
  ['dec', 'dez', 'dic', 'δεκ'],
]

/** The month (1 to 12) a word names in one of the languages whose names feeds carry, whole or abbreviated. */
export function monthNumber(word: string): number | undefined {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const index = MONTH_BEGINNINGS.findIndex(names => names.some(name => plain.startsWith(name)))
  return index < 0 ? undefined : index + 1
}

/** Milliseconds east of Greenwich of a zone, by name or as an offset; undefined where the word is neither. */
export function zoneOffset(zone: string): number | undefined {
  const match = /^(?:GMT|UTC|UT)?([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(zone)
  if (match === null) {
    const hours = ZONE_HOURS.get(zone.toUpperCase().replace(/^ETC\//, ''))
    return hours === undefined ? undefined : hours * HOUR
  }
  const hours = Number(match[2])
  const minutes = Number(match[3] ?? 0)
  if (hours > 23 || minutes > 59) return undefined
  return (match[1] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE)
}
