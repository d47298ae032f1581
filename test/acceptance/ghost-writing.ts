import { articlesOf } from '../../src/demo/samples/articles.ts'
import { uncitedPosts } from '../../src/demo/samples/posts-uncited.ts'
import { HOUR, type Instant, MINUTE } from '../../src/domain/time.ts'
import { citedIn } from './ghost-feeds.ts'
import { type Blog, type Note, type Outlet, removeNote, type Written } from './ghost-publishers.ts'
import { type Month, pick } from './ghost-stage.ts'

const LABELS = ['外交', '安全保障', '経済', '歴史', '書評']
const TOPICS = ['抑止力', '海峡の通商路', '同盟の分担', '造船業の再建', '関税と半導体', '無人機の数', '停戦の条件', '海底ケーブル']
const SUBJECTS = ['Deterrence', 'Shipping', 'Burden Sharing', 'Shipyards', 'Tariffs', 'Drones', 'Ceasefires', 'Undersea Cables']
const SENTENCES = [
  '筆者は、数字だけでは何も決まらないと述べる。',
  'この議論には、三つの前提がある。',
  '議会の審議は秋まで続く見込みだ。',
  '同盟国の負担は、年を追って重くなっている。',
  '結論は控えめだが、筋が通っている。',
]

/** What there is when the month begins. */
export function begin(month: Month): void {
  const before = month.now()
  for (let number = 20; number > 0; number--) {
    const at = before - number * 10 * HOUR
    addArticle(month, month.alpha, at)
    addArticle(month, month.beta, at + 30 * MINUTE)
    // Enough of them to learn from, before the month is over.
    const isCiting = number % 5 > 0
    if (number <= 13) month.blogger.write(textOf(month, at, isCiting), at + HOUR)
    if (number <= 13) month.wordpress.write(textOf(month, at, isCiting), at + 2 * HOUR)
    if (number <= 4) addNote(month, at + 3 * HOUR)
  }
}

/** A new post. @param aheadMs how far the clock of its publisher is ahead */
export function write(month: Month, blog: Blog, aheadMs = 0): void {
  const at = month.now() + aheadMs
  blog.write(textOf(month, at), at)
}

/** A post that cites an article there is, one that is yet to come, or none. */
function textOf(month: Month, at: Instant, isCiting = false) {
  const chance = isCiting ? 0 : month.random()
  const outlet = pick(month, ['alpha', 'beta'] as const)
  const url = chance < 0.5 ? pick(month, month[outlet].articles).url : `https://${outlet}.example/2026/coming-${at}`
  const title = `${pick(month, TOPICS)}・その${at % 99991}${month.random() < 0.5 ? `(${month.settings.outletNames[outlet]})` : ''}`
  const labels = [...new Set([pick(month, LABELS), pick(month, LABELS)])]
  const body = Array.from({ length: 5 }, () => `<p>${pick(month, SENTENCES)}</p>`).join('')
  return { title, labels, html: chance < 0.8 ? `<p>原文：<a href="${url}">${url}</a></p>${body}` : body }
}

/** A new note. */
export function addNote(month: Month, at: Instant): void {
  const name = `${at}.md`
  const url = `https://notes.example.jp/${at}`
  const { title, html, labels } = textOf(month, at)
  month.notes.files.set(name, {
    id: `http://notes.example.jp/ids/${at}`,
    url,
    title,
    html,
    labels,
    published: at,
    state: 'whole',
    isSecured: false,
  })
}

/** A new article; one that a post has cited before it came, where there is such. */
export function addArticle(month: Month, outlet: Outlet, at = month.now()): void {
  const host = outlet === month.alpha ? 'alpha' : 'beta'
  const known = new Set(outlet.articles.map(({ url }) => url))
  const cited = [...month.blogger.posts(), ...month.wordpress.posts()].flatMap(({ html }) => citedIn(html) ?? [])
  const coming = cited.filter(url => url.startsWith(`https://${host}.`) && !known.has(url))
  const number = at % 99991
  const url = coming[0] ?? `https://${host}.example/2026/article-${at}`
  const title = `${pick(month, SUBJECTS)} and ${pick(month, SUBJECTS)}, Part ${number}`
  outlet.articles.push(articleOf(month, outlet, { url, title, html: `Part ${number} of a long story.`, published: at }))
}

function articleOf(month: Month, outlet: Outlet, article: Pick<Written, 'url' | 'title' | 'html' | 'published'>): Written {
  return { ...article, id: article.url, labels: [], ...(outlet === month.beta ? { updated: article.published } : {}) }
}

/** A translation from the demo's samples; its article comes some cycles before or after it. */
export function uncited(month: Month): void {
  const left = uncitedPosts.filter(({ expects, id }) => expects.article !== undefined && !month.translated.has(id))
  const [post] = left
  const article = (['meridian', 'fortytwo', 'harbor', 'tradewind'] as const)
    .flatMap(articlesOf)
    .find(({ slug }) => slug === post?.expects.article)
  if (post === undefined || article === undefined) return
  month.translated.add(post.id)
  const [untilPost, untilArticle] = month.random() < 0.5 ? [0, 7] : [9, 0]
  const outlet = pick(month, [month.alpha, month.beta])
  const url = `https://${outlet === month.alpha ? 'alpha' : 'beta'}.example/${article.slug}`
  const title = post.title.replace(/[(（][^()（）]*[)）]/, '')
  month.later(untilPost, () => month.wordpress.write({ title, html: post.html.replaceAll('\n', ''), labels: post.labels }, month.now()))
  month.later(untilArticle, () => {
    const html = [article.lead, ...article.body].join(' ')
    outlet.articles.push(articleOf(month, outlet, { url, title: article.title, html, published: month.now() }))
  })
}

/** An article gets another title. */
export function editArticle(month: Month, outlet: Outlet): void {
  const { id } = pick(month, outlet.shown())
  const change = (article: Written) => {
    const title = `${article.title}, Revised`
    return { ...article, title, ...(article.updated === undefined ? {} : { updated: month.now() }) }
  }
  outlet.articles = outlet.articles.map(article => (article.id === id ? change(article) : article))
}

/** A post in the feed of its blog is edited, in its words or in its markup alone. */
export function edit(
  month: Month,
  blog: Blog,
  { isDated, isMarkup = false }: { readonly isDated: boolean; readonly isMarkup?: boolean },
): void {
  const { id, html } = pick(month, blog.shown())
  const at = month.now()
  const edited = isMarkup ? html.replace(/<p>([^<]+)<\/p>$/, '<p><em>$1</em></p>') : `${html}<p>追記${at % 9973}。</p>`
  blog.edit(id, { html: edited }, isDated ? at : undefined)
}

/** A post that the feed is too short to show is edited. */
export function editOld(month: Month): void {
  const shown = new Set(month.wordpress.shown().map(({ id }) => id))
  const old = month.wordpress.posts().filter(({ id }) => !shown.has(id))
  const { id, html } = pick(month, old)
  const at = month.now()
  month.wordpress.edit(id, { html: `${html}<p>追記${at % 9973}。</p>` }, at)
  // The program asks for edits of old posts when the feed stirs.
  write(month, month.wordpress)
}

/** Every date of change moves, and nothing else. */
export function saveAgain(month: Month): void {
  for (const { id } of month.blogger.posts()) month.blogger.edit(id, {}, month.now())
}

/** A post is gone from its blog, which says so to nobody. */
export function dropOne(month: Month, blog: Blog): void {
  blog.remove(pick(month, blog.posts()).id)
}

function aNote(month: Month): readonly [name: string, note: Note] {
  return pick(month, [...month.notes.files])
}

/** A note is edited. */
export function changeNote(month: Month, change: (note: Note) => Partial<Note>): void {
  const [name, note] = aNote(month)
  month.notes.files.set(name, { ...note, ...change(note) })
}

/** A file is taken away. */
export async function deleteNote(month: Month): Promise<void> {
  if (month.notes.files.size > 2) await removeNote(month.notes, aNote(month)[0])
}

/** A note is a draft, or broken, for some cycles. */
export function passing(month: Month, state: Note['state']): void {
  const [name, note] = aNote(month)
  month.notes.files.set(name, { ...note, state })
  month.later(4, () => {
    const now = month.notes.files.get(name)
    if (now !== undefined) month.notes.files.set(name, { ...now, state: 'whole' })
  })
}

/** The ids of all notes begin with https from now on. */
export function secureNotes({ notes }: Month): void {
  for (const [name, note] of notes.files) notes.files.set(name, { ...note, isSecured: true })
}

/** A label that is not in the config becomes another, on every post of both blogs and all notes. */
export function renameLabel(month: Month): void {
  const label = pick(month, ['歴史', '書評'])
  const renamed = `${label}${month.now() % 97}`
  const rename = (labels: readonly string[]) => labels.map(one => (one === label ? renamed : one))
  for (const blog of [month.blogger, month.wordpress])
    for (const { id, labels } of blog.posts()) if (labels.includes(label)) blog.edit(id, { labels: rename(labels) }, month.now())
  for (const [name, note] of month.notes.files) month.notes.files.set(name, { ...note, labels: rename(note.labels) })
}

/** A post gets one label in place of those it has. */
export function relabel(month: Month): void {
  const { id } = pick(month, month.blogger.shown())
  month.blogger.edit(id, { labels: [pick(month, LABELS)] }, month.now())
}
