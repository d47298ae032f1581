import { zipSync } from 'fflate'
import type { Entry } from '../../../src/domain/feed.ts'
import { decodeDocument } from '../../../src/parse/decode-document.ts'
import { parseFeed } from '../../../src/parse/parse-feed.ts'
import type { ExportContext, ExportReading, LeftOut } from '../../../src/posts/import/export-reading.ts'
import { readExport } from '../../../src/posts/import/read-export.ts'

/** Where the sample blog is. */
export const HOME = 'https://honyaku.example.jp/'

type Changes = Partial<Omit<ExportContext, 'home'>> & { readonly home?: string | null }

/** What the import command passes, with changes; null stands for a blog whose host is not known. */
export function aContext({ home = HOME, ...changes }: Changes = {}): ExportContext {
  const decode = (bytes: Uint8Array) => decodeDocument(bytes, undefined)
  return { name: 'export', source: 'blog', timeZone: 'Asia/Tokyo', parseFeed, decode, ...(home === null ? {} : { home }), ...changes }
}

/** Reads an export whole. */
export async function readWhole(
  file: string | Uint8Array,
  changes: Changes = {},
  blog?: string,
): Promise<{ readonly reading: ExportReading; readonly entries: readonly Entry[]; readonly skipped: readonly LeftOut[] }> {
  const reading = await readExport(typeof file === 'string' ? Buffer.from(file) : file, aContext(changes), blog)
  const [entries, skipped]: [Entry[], LeftOut[]] = [[], []]
  for await (const batch of reading.batches()) {
    entries.push(...batch.entries)
    skipped.push(...batch.skipped)
  }
  return { reading, entries, skipped }
}

/** How many of each kind were left out. */
export function countsOf(skipped: readonly LeftOut[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { what, count } of skipped) counts[what] = (counts[what] ?? 0) + count
  return counts
}

/** An entry of a Takeout feed; `text` is the body's HTML. */
export function takeoutEntry(number: number, changes: Readonly<Record<string, string>> = {}): string {
  const { title = `記事${number}の訳`, text = `<p>本文${number}</p>`, updated = '2026-06-02T09:00:00Z' } = changes
  const { type = 'POST', status = 'LIVE', filename = `/2026/06/post-${number}.html`, more = '' } = changes
  return `<entry>
    <id>tag:blogger.com,1999:blog-7.post-${number}</id>
    <blogger:type>${type}</blogger:type>
    <blogger:status>${status}</blogger:status>
    <author><name>訳者</name><blogger:type>BLOGGER</blogger:type></author>
    <title>${title}</title>
    <content type="html">${escaped(text)}</content>
    <published>2026-06-01T09:00:00Z</published><updated>${updated}</updated>
    <category term="米外交政策" scheme="tag:blogger.com,1999:blog-7"/>
    <blogger:filename>${filename}</blogger:filename>${more}
  </entry>`
}

/** `feed.atom` of a Takeout. */
export function takeout(entries: readonly string[], title = '翻訳帖'): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">
<id>tag:blogger.com,1999:blog-7</id><title>${title}</title>
${entries.join('\n')}
</feed>`
}

/** A Takeout zip of blogs by their titles, with what else lies beside them. */
export function takeoutZip(blogs: Readonly<Record<string, string>>): Uint8Array {
  const files: Record<string, Uint8Array> = {
    'Takeout/archive_browser.html': Buffer.from('<html></html>'),
    '__MACOSX/Takeout/Blogger/Blogs/別/._feed.atom': Buffer.from('junk'),
    'Takeout/Blogger/Albums/写真/1.jpg': Buffer.from([0xff, 0xd8]),
  }
  for (const [title, feed] of Object.entries(blogs)) {
    files[`Takeout/Blogger/Blogs/${title}/feed.atom`] = Buffer.from(feed)
    files[`Takeout/Blogger/Blogs/${title}/theme-classic.html`] = Buffer.from('<html></html>')
    files[`Takeout/Blogger/Blogs/${title}/settings.csv`] = Buffer.from('a,b')
  }
  return zipSync(files)
}

/** An item of a WordPress export; a value of `''` leaves its element empty. */
export function wordpressItem(number: number, changes: Readonly<Record<string, string>> = {}): string {
  const { title = `記事${number}の訳`, text = `一段落目\n続き\n\n二段落目 <a href="https://a.example/?a=1&b=2">原文</a>` } = changes
  const { type = 'post', status = 'publish', password = '', excerpt = '', modified = '2026-06-02 09:00:00', more = '' } = changes
  return `<item>
  <title><![CDATA[${title}]]></title>
  <link>https://wp.example.jp/${number}/</link>
  <pubDate>Mon, 01 Jun 2026 09:00:00 +0000</pubDate>
  <dc:creator><![CDATA[yakusha]]></dc:creator>
  <guid isPermaLink="false">https://wp.example.jp/?p=${number}</guid>
  <description></description>
  <content:encoded><![CDATA[${text}]]></content:encoded>
  <excerpt:encoded><![CDATA[${excerpt}]]></excerpt:encoded>
  <wp:post_id>${number}</wp:post_id>
  <wp:post_date_gmt><![CDATA[2026-06-01 09:00:00]]></wp:post_date_gmt>
  <wp:post_modified_gmt><![CDATA[${modified}]]></wp:post_modified_gmt>
  <wp:status><![CDATA[${status}]]></wp:status>
  <wp:post_type><![CDATA[${type}]]></wp:post_type>
  <wp:post_password><![CDATA[${password}]]></wp:post_password>
  <category domain="category" nicename="us"><![CDATA[米外交政策]]></category>
  <category domain="post_tag" nicename="nato"><![CDATA[NATO]]></category>
  <category domain="post_format" nicename="post-format-aside"><![CDATA[Aside]]></category>${more}
</item>`
}

/** A WordPress export (WXR 1.2). */
export function wordpress(items: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file generated by WordPress as an export of your site. -->
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>訳文集</title><link>https://wp.example.jp</link><language>ja</language>
  <wp:wxr_version>1.2</wp:wxr_version>
  <wp:category><wp:term_id>1</wp:term_id><wp:cat_name><![CDATA[米外交政策]]></wp:cat_name></wp:category>
${items.join('\n')}
</channel>
</rss>`
}

/** An entry of a Movable Type export as Hatena Blog writes it; `fields` are further lines. */
export function hatenaEntry(number: number, changes: Readonly<Record<string, string>> = {}): string {
  const { title = `記事${number}の訳`, status = 'Publish', body = `<p>本文${number}</p>`, more = '' } = changes
  const { date = '06/01/2026 18:00:00', basename = `2026/06/01/${String(number).padStart(6, '0')}` } = changes
  return `AUTHOR: yakusha
TITLE: ${title}
BASENAME: ${basename}
STATUS: ${status}
ALLOW COMMENTS: 1
CONVERT BREAKS: 0
DATE: ${date}
CATEGORY: 米外交政策
CATEGORY: NATO
-----
BODY:
${body}
-----
${more}--------
`
}

const ENCODERS = new Map<string, ReadonlyMap<string, readonly number[]>>()

/** Encodes Japanese text, which the platform can only decode. */
export function encoded(text: string, encoding: 'shift_jis' | 'euc-jp'): Uint8Array {
  const table = ENCODERS.get(encoding) ?? encoderOf(encoding)
  ENCODERS.set(encoding, table)
  return Uint8Array.from([...text].flatMap(character => table.get(character) ?? [character.charCodeAt(0)]))
}

function encoderOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, readonly number[]>()
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.from([lead, trail]))
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, [lead, trail])
    }
  }
  return table
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
