import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the operator changes in the course of the month. */
export interface Settings {
  limit: number
  /** Of the feed `reading`. */
  titles: 'japanese' | 'bilingual' | 'original'
  /** A label whose feed the operator names; null leaves it to the program. */
  labelFeed: { readonly label: string; readonly slug?: string; readonly title?: string } | null
  outletNames: { readonly alpha: string; readonly beta: string }
  acceptAbove: number
  /** Lines of `glossary.tsv`. */
  glossary: string
  /** By address of the post that of its original, or `none`. */
  readonly pairs: Map<string, string>
  /** Sources of posts in the config; another set may shrink any feed. */
  hasNotes: boolean
}

/** Where everything is polled. */
export interface Places {
  readonly hosts: readonly string[]
  readonly alpha: string
  readonly beta: string
  readonly blogger: string
  readonly wordpress: string
  readonly notes: string
}

/** Labels that the feed `reading` takes posts of. */
export const READING = ['安全保障', '経済'] as const

/** As the month begins. */
export function firstSettings(): Settings {
  return {
    ...{ limit: 10, titles: 'bilingual', labelFeed: null, acceptAbove: 0.97, glossary: '', pairs: new Map(), hasNotes: true },
    outletNames: { alpha: 'Alpha Review', beta: 'Beta Quarterly' },
  }
}

/** Writes a config folder. */
export async function writeSettings(folder: string, settings: Settings, places: Places): Promise<void> {
  const { limit, titles, labelFeed, outletNames, acceptAbove, glossary, pairs, hasNotes } = settings
  const service = `site: { title: 対訳帖, url: "https://feeds.example.jp/", id: "tag:example.jp,2026:kakehashi" }
server: { port: 0 }
store: { file: ../state.db }
publish: { folder: ../public, limit: ${limit}, archive_size: 5, feeds: { untranslated: true } }
matching: { dictionary: none, accept_above: ${acceptAbove} }
polling: { timeout: 1s, allow_hosts: [${places.hosts.map(host => `"${host}"`).join(', ')}] }
`
  const outlets = (['alpha', 'beta'] as const).map(id => {
    const former = firstSettings().outletNames[id]
    const aliases = outletNames[id] === former ? '' : ` aliases: ["${former}"],`
    return `  - { id: ${id}, name: "${outletNames[id]}",${aliases} hosts: [${id}.example], sources: [{ url: "${places[id]}" }] }`
  })
  const named = labelFeed === null ? [] : [`  - ${JSON.stringify(labelFeed)}`]
  const notes = hasNotes ? [`  - { id: notes, folder: "${places.notes}", url_template: "https://notes.example.jp/{path}" }`] : []
  const sources = [
    ...['outlets:', ...outlets, 'posts:'],
    ...[`  - { id: blogger, feed: "${places.blogger}" }`, `  - { id: wordpress, feed: "${places.wordpress}" }`, ...notes, 'feeds:'],
    ...[`  - { slug: reading, title: 読みもの, any: [${READING.join(', ')}], titles: ${titles} }`, ...named, ''],
  ]
  await writeFile(join(folder, 'kakehashi.yaml'), service)
  await writeFile(join(folder, 'sources.yaml'), sources.join('\n'))
  await writeFile(join(folder, 'pairs.csv'), `post,original\n${[...pairs].map(pair => pair.join()).join('\n')}\n`)
  await writeFile(join(folder, 'glossary.tsv'), glossary)
}
