import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { CommandContext } from '../../src/cli/command.ts'
import { importFile } from '../../src/cli/import.ts'
import { importSources } from '../../src/cli/sources-import.ts'
import { hatenaEntry, takeout, takeoutEntry, takeoutZip, wordpress, wordpressItem } from '../posts/import/sample-exports.ts'
import { snapshotOf } from '../support/temp-folder.ts'
import { workplace } from './sources-command.ts'

const SOURCES = `# 媒体
outlets:
  - { id: tni, name: The National Interest, hosts: [nationalinterest.org] }
posts:
  - { id: blog, title: 翻訳帖, feed: "https://honyaku.example.jp/feeds/posts/default" }
`
const KIND = 'http://schemas.google.com/g/2005#kind'
const BACKUP = `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-7.archive</id><title type="text">翻訳帖</title>
<generator version="7.00" uri="http://www.blogger.com">Blogger</generator>
${['settings', 'template', 'post', 'post', 'comment']
  .map(
    (kind, nth) => `<entry><id>tag:blogger.com,1999:blog-7.${kind}-${nth}</id><title type="text">記事${nth}の訳</title>
  <published>2026-06-0${nth + 1}T09:00:00Z</published><updated>2026-06-0${nth + 1}T09:00:00Z</updated>
  <category scheme="${KIND}" term="http://schemas.google.com/blogger/2008/kind#${kind}"/><category scheme="http://www.blogger.com/atom/ns#" term="外交"/>
  <content type="html">&lt;p&gt;本文${nth}&lt;/p&gt;</content><link rel="alternate" type="text/html" href="https://honyaku.example.jp/2026/06/${nth}.html"/></entry>`,
  )
  .join('\n')}
</feed>`
const OPML = `<?xml version="1.0"?><opml version="2.0"><head><title>feeds</title></head><body><outline text="World">
<outline type="rss" text="A Daily" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
<outline type="rss" text="B Weekly" xmlUrl="https://b.example/rss" htmlUrl="https://b.example/"/></outline></body></opml>`
const numbers = [1, 2, 3]

describe('a file that is imported twice', () => {
  const posts = (context: CommandContext, file: string) => importFile(context, file, {})
  const feeds = (context: CommandContext, file: string) => importSources(context, file, {})
  const files: readonly (readonly [name: string, content: string | Uint8Array, command: typeof posts, posts: number])[] = [
    ['a Takeout zip', takeoutZip({ 翻訳帖: takeout(numbers.map(number => takeoutEntry(number))) }), posts, 3],
    ['an old Blogger backup', BACKUP, posts, 2],
    ['a WordPress export', wordpress(numbers.map(number => wordpressItem(number))), posts, 3],
    ['a Movable Type text', numbers.map(number => hatenaEntry(number)).join(''), posts, 3],
    ['an OPML file', OPML, feeds, 0],
  ]
  for (const [name, content, command, count] of files)
    it(`changes nothing the second time: ${name}`, async () => {
      const { run, config } = await workplace(SOURCES)
      const file = join(config.folder, '../export')
      await writeFile(file, content)
      const standing = async () => ({
        config: await readFile(config.sourcesFile, 'utf8'),
        service: await readFile(join(config.folder, 'kakehashi.yaml'), 'utf8'),
        rows: rowsOf(config.storeFile),
        published: await snapshotOf(config.publicFolder),
      })
      expect((await run(context => command(context, file))).exit).toBe(0)
      const first = await standing()
      expect(first.rows['entries'] ?? []).toHaveLength(count)
      expect((await run(context => command(context, file))).exit).toBe(0)
      expect(await standing()).toEqual(first)
    })
})

/** All that is stored of posts, stamps included; nothing where there is no state. */
function rowsOf(storeFile: string): Readonly<Record<string, readonly unknown[]>> {
  if (!existsSync(storeFile)) return {}
  const database = new DatabaseSync(storeFile, { readOnly: true })
  const tables = ['entries', 'posts', 'post_labels', 'matches', 'publications']
  const rows = Object.fromEntries(tables.map(table => [table, database.prepare(`select * from ${table} order by 1, 2`).all()]))
  database.close()
  return rows
}
