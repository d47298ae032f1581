// What the matcher costs on an archive: 100,000 articles made by repeating the shared data, and posts against them.
import { existsSync, readFileSync } from 'node:fs'
import { articleUnits } from '../../src/match/article-units.ts'
import { ContentIndex } from '../../src/match/content-index.ts'
import { weighed } from '../../src/match/content-model.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { coverageOf } from '../../src/match/post-coverage.ts'

interface Document {
  readonly en: { readonly title: string; readonly lead?: string }
  readonly ja: { readonly title: string; readonly body: string }
}

const DATA = new URL('../../../shared/data/matching/', import.meta.url)
const [ARTICLES, POSTS] = [100_000, 1_000]
const LEAD = 300
const BODY = 600

if (existsSync(DATA)) measure()
else console.log('skipped: the shared matching data is not there')

function measure(): void {
  const posts = read('dev.jsonl')
  const documents = [...posts, ...read('pool_dev.jsonl')]
  const startedAt = performance.now()
  const { lexicon, readings, isKnowable, rates, hear } = languageKnowledge()
  const index = new ContentIndex(isKnowable)
  for (let at = 0; at < ARTICLES; at++) {
    const { title, lead = '' } = documents[at % documents.length]?.en ?? { title: '' }
    const summary = lead.slice(0, LEAD)
    hear(`${title}\n${summary}`)
    index.add(articleUnits({ title, summary }, lexicon, 0))
  }
  const indexedAt = performance.now()
  let weighedSoFar = 0
  for (let at = 0; at < POSTS; at++) {
    const { title, body } = posts[at % posts.length]?.ja ?? { title: '', body: '' }
    const coverage = coverageOf({ title, body: body.slice(0, BODY) }, readings)
    weighedSoFar += weighed(index.candidates(coverage, rates), () => 'summary').length
  }
  const endedAt = performance.now()
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20)
  console.log(
    `${ARTICLES} articles: ${((indexedAt - startedAt) / 1000).toFixed(1)} s, ${((indexedAt - startedAt) / ARTICLES).toFixed(3)} ms each, lexicon included`,
  )
  console.log(
    `${POSTS} posts against them: ${((endedAt - indexedAt) / POSTS).toFixed(1)} ms each (${weighedSoFar} candidates weighed); ${memory} MB`,
  )
}

function read(name: string): readonly Document[] {
  const lines = readFileSync(new URL(name, DATA), 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as Document)
}
