/** How much of a document is read to guess its encoding, in bytes. */
const SAMPLE_BYTES = 64 * 1024

interface Candidate {
  readonly encoding: string
  /** The characters a text in this encoding is mostly made of. */
  readonly usual: RegExp
}

// Order decides between equals: the encodings in which a wrong reading is the least likely come first.
const CANDIDATES: readonly Candidate[] = [
  { encoding: 'shift_jis', usual: /[\u3041-\u3096\u30a1-\u30fc、。]/g },
  { encoding: 'euc-jp', usual: /[\u3041-\u3096\u30a1-\u30fc、。]/g },
  { encoding: 'euc-kr', usual: /[\uac00-\ud7a3]/g },
  // The hundred characters that make up nearly half of any running text.
  {
    encoding: 'big5',
    usual:
      /[的一是不了人我在有他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她里後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身]/g,
  },
  {
    encoding: 'gb18030',
    usual:
      /[的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身]/g,
  },
  // Hebrew letters are where Russian has its small letters; reading Russian as Hebrew leaves holes, not the other way round.
  { encoding: 'windows-1255', usual: /[\u05d0-\u05ea]{3,}/g },
  // Accented letters of Western text stand alone, letters of another script in rows. Capitals are rare in running
  // text, and the two Cyrillic encodings are each other's capitals.
  { encoding: 'windows-1251', usual: /[а-яё]{3,}/g },
  { encoding: 'koi8-r', usual: /[а-яё]{3,}/g },
  { encoding: 'windows-1253', usual: /[α-ωά-ώ]{3,}/g },
]

/** The share of usual characters from which a guess is better than windows-1252. */
const ENOUGH = 0.25

/** Guesses the encoding of bytes that are not UTF-8 and carry no label that fits: a WHATWG name, windows-1252 when in doubt. */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  let best = { encoding: 'windows-1252', share: ENOUGH }
  for (const { encoding, usual } of CANDIDATES) {
    const share = shareOf(usual, new TextDecoder(encoding).decode(sample))
    if (share > best.share) best = { encoding, share }
  }
  return best.encoding
}

function shareOf(usual: RegExp, text: string): number {
  const foreign = text.match(/[^\x00-\x7f]/g)?.length ?? 0
  const broken = text.match(/\ufffd/g)?.length ?? 0
  const fitting = text.match(usual)?.join('').length ?? 0
  return foreign === 0 ? 0 : (fitting - 4 * broken) / foreign
}
