// Whether it matters how many posts come at once: the development data in one batch, and ten posts at a time.
import { existsSync, readFileSync } from 'node:fs'
import { rank } from './matching-adapter.ts'

const DATA = new URL('../../../shared/data/matching/', import.meta.url)
const [AT_ONCE, CHARACTERS] = [10, 600]
// Of every ten posts, these have no original among the articles.
const WITHOUT = 3

interface Document {
  readonly doc_id: string
  readonly ja: { readonly title: string; readonly body: string }
}

if (existsSync(DATA)) await measure()
else console.log('skipped: the shared matching data is not there')

async function measure(): Promise<void> {
  const { makeArticle } = await import(new URL('eval.mjs', DATA).href)
  const [documents, pool] = [read('dev.jsonl'), read('pool_dev.jsonl')]
  const kept = new Set(documents.filter((_, index) => index % 10 >= WITHOUT).map(({ doc_id }) => doc_id))
  const posts = documents.map(({ doc_id, ja }) => ({ id: doc_id, title: ja.title, body: [...ja.body].slice(0, CHARACTERS).join('') }))
  for (const condition of ['a', 'b', 'c']) {
    const articles = [...documents.filter(({ doc_id }) => kept.has(doc_id)), ...pool].map(document => makeArticle(document, condition))
    const whole = await rank(posts, articles)
    const inBatches = []
    for (let start = 0; start < posts.length; start += AT_ONCE)
      inBatches.push(...(await rank(posts.slice(start, start + AT_ONCE), articles)))
    console.log(`condition ${condition}: one batch ${figures(whole)}; ${AT_ONCE} at a time ${figures(inBatches)}`)
  }

  function figures(results: Awaited<ReturnType<typeof rank>>): string {
    const accepted = results.filter(result => result.accepted !== null)
    const right = accepted.filter(result => result.accepted === result.postId).length
    return `precision ${(right / accepted.length).toFixed(3)} recall ${(right / kept.size).toFixed(3)}`
  }
}

function read(name: string): readonly Document[] {
  const lines = readFileSync(new URL(name, DATA), 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as Document)
}
