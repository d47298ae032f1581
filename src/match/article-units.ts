import { englishWords } from './english-words.ts'
import type { Lexicon } from './lexicon.ts'
import { englishFacts } from './number-facts.ts'

/** Where in an article something stands; the beginning of the body is what short posts translate. */
export type Field = 'title' | 'lead' | 'body'

/** What an article says that a translation must say too: an expression, a word or a fact, once, where it stands first. */
export interface Unit {
  /** Stems of a word or an expression; `#` and a fact of `number-facts.ts`. */
  readonly key: string
  /** As the article writes it, in lower case. */
  readonly written: string
  readonly field: Field
  /** English characters before it in lead and body. */
  readonly at: number
  readonly isName: boolean
}

// Words that say nothing about what a text is about.
const EMPTY = new Set(
  "a an the and or but if then than so as at by for from in into of off on onto out over to up down with without within about above after again against all also although always am among amid another any anyone anything are around away back be because been before behind being below between both but can cannot could despite did do does doing done down during each either else enough even ever every everyone everything few for from further get give go had has have having he her here hers herself him himself his how however i if in indeed instead into is it its itself just keep less let like made make many may maybe me might mine more most much must my myself near need neither never next no nobody none nor not nothing now of off often on once one only onto or other others our ours ourselves out over own per perhaps put quite rather really s same say see seem shall she should since so some somebody someone something sometimes somewhere still such take tell than that the their theirs them themselves then there these they thing think this those though through throughout thus till to together too toward towards under until up upon us use very via want was way we well were what whatever when whenever where wherever whether which while who whoever whole whom whose why will with would yes yet you your yours yourself it's don't doesn't didn't isn't wasn't aren't won't can't couldn't wouldn't i'm we're they're you're he's she's that's there's i've we've they've".split(
    ' ',
  ),
)

/** Takes an article apart. What stands in several places counts for the first. */
export function articleUnits(
  article: { readonly title: string; readonly summary?: string; readonly body?: string },
  lexicon: Lexicon,
  maxBodyCharacters: number,
): readonly Unit[] {
  const units = new Map<string, Unit>()
  const take = (text: string, field: Field, offset: number) => {
    for (const { key, written, isName, at } of expressionsIn(text, lexicon))
      if (!units.has(key)) units.set(key, { key, written, field, at: offset + at, isName })
    for (const fact of englishFacts(text))
      if (!units.has(`#${fact}`)) units.set(`#${fact}`, { key: `#${fact}`, written: fact, field, at: offset, isName: false })
  }
  take(article.title, 'title', 0)
  const lead = article.summary ?? ''
  take(lead, 'lead', 0)
  const body = (article.body ?? '').slice(0, maxBodyCharacters)
  for (const { text, offset } of pieces(body)) take(text, 'body', offset)
  return [...units.values()]
}

/** Facts carry no place of their own; taken piece by piece they have one that is near enough. */
function* pieces(text: string): Generator<{ readonly text: string; readonly offset: number }> {
  let offset = 0
  for (const line of text.split('\n')) {
    if (line !== '') yield { text: line, offset }
    offset += line.length + 1
  }
}

function* expressionsIn(
  text: string,
  { expressions }: Lexicon,
): Generator<{ readonly key: string; readonly written: string; readonly isName: boolean; readonly at: number }> {
  const words = englishWords(text)
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (word === undefined) continue
    const longest = expressions.get(word.stem)?.find(rest => rest.every((stem, ahead) => words[index + 1 + ahead]?.stem === stem))
    if (longest !== undefined) {
      yield {
        key: [word.stem, ...longest].join(' '),
        written: words
          .slice(index, index + 1 + longest.length)
          .map(({ text: part }) => part)
          .join(' '),
        isName: word.isName,
        at: index * 6,
      }
      index += longest.length
    } else if (!EMPTY.has(word.text) && (word.text.length > 1 || /\d/.test(word.text)) && !/^\d+(?:[.,]\d+)*$/.test(word.text))
      yield { key: word.stem, written: word.text, isName: word.isName, at: index * 6 }
  }
}
