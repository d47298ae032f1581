import { articlesOf } from '../../src/demo/samples/articles.ts'
import { uncitedPosts } from '../../src/demo/samples/posts-uncited.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../src/domain/time.ts'
import { citedIn, standing } from './ghost-feeds.ts'
import type { Knowledge } from './ghost-knowledge.ts'
import {
  type Blog,
  type Fault,
  type Note,
  type Notes,
  type Outlet,
  removeNote,
  type WordpressBlog,
  type Written,
} from './ghost-publishers.ts'
import type { Settings } from './ghost-settings.ts'

/** What events happen to. */
export interface Month {
  readonly random: () => number
  /** A full second of the clock that no event had before. */
  readonly now: () => Instant
  readonly alpha: Outlet
  readonly beta: Outlet
  readonly blogger: Blog
  readonly wordpress: WordpressBlog
  readonly notes: Notes
  readonly settings: Settings
  /** Samples that have been published. */
  readonly translated: Set<string>
  readonly knowledge: () => Knowledge
  /** Puts the settings in force. */
  readonly reconfigure: () => Promise<void>
  readonly restart: (how?: { readonly restored?: boolean; readonly version?: string }) => Promise<void>
  /** Copies the state as it is after the next cycle. */
  readonly backUp: () => void
  /** Lets the next cycle end in a crash. */
  readonly crash: (at: 'match' | 'publish' | 'written') => void
  readonly acceptShrink: () => void
  readonly withdraw: (id: string, isUndone?: boolean) => Promise<void>
  /** Does something some cycles from now. */
  readonly later: (cycles: number, what: () => void | Promise<void>) => void
}

type Event = (month: Month) => void | Promise<void>

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

/** Everything that happens in every month; what comes more than once is listed with how often. */
export const EVENTS: Readonly<Record<string, { readonly times: number; readonly happens: Event }>> = {
  'a post on Blogger': { times: 9, happens: month => write(month, month.blogger) },
  'a post on WordPress': { times: 9, happens: month => write(month, month.wordpress) },
  'a note': { times: 4, happens: month => addNote(month, month.now()) },
  'an article': { times: 20, happens: month => addArticle(month, pick(month, [month.alpha, month.beta])) },
  'a translation that cites nothing': { times: 4, happens: uncited },
  'an article edited': { times: 4, happens: month => editArticle(month, pick(month, [month.alpha, month.beta])) },
  'a post edited under a new date': { times: 5, happens: month => edit(month, month.blogger, { isDated: true }) },
  'a post edited under the same date': { times: 3, happens: month => edit(month, month.blogger, { isDated: false }) },
  'a post edited that has no date of change': { times: 3, happens: month => edit(month, month.wordpress, { isDated: true }) },
  'a post edited in its markup alone': { times: 2, happens: month => edit(month, month.wordpress, { isDated: true, isMarkup: true }) },
  'a post edited that its feed shows no more': { times: 2, happens: editOld },
  'all posts of a blog saved again': { times: 1, happens: saveAgain },
  'a post deleted on its blog': { times: 2, happens: month => dropOne(month, pick(month, [month.blogger, month.wordpress])) },
  'a note edited': { times: 2, happens: month => changeNote(month, note => ({ html: `${note.html}\n\n追記です${month.now() % 977}。` })) },
  'a note deleted': { times: 2, happens: deleteNote },
  'a note made a draft, and published again': { times: 1, happens: month => passing(month, 'draft') },
  'a note broken, and mended': { times: 1, happens: month => passing(month, 'broken') },
  'the ids of notes spelled with https': { times: 1, happens: secureNotes },
  'a post withdrawn by the operator': { times: 2, happens: month => withdrawn(month, false) },
  'a post withdrawn by the operator, and taken back in': { times: 1, happens: month => withdrawn(month, true) },
  'a pair in pairs.csv': { times: 2, happens: pair },
  'another title mode': { times: 2, happens: titles },
  'a label renamed on the blog': { times: 2, happens: renameLabel },
  'a post relabelled': { times: 2, happens: relabel },
  'a label named in the config, its slug kept': { times: 1, happens: month => nameLabel(month, { title: '外交と同盟' }) },
  'a label given another slug': { times: 2, happens: month => nameLabel(month, { slug: `feed-${month.now() % 9973}` }) },
  'a label left to the program again': { times: 1, happens: month => nameLabel(month, null) },
  'an outlet named otherwise': { times: 1, happens: renameOutlet },
  'another limit': { times: 2, happens: month => configured(month, { limit: month.settings.limit === 12 ? 9 : 12 }) },
  'other words in the glossary': { times: 1, happens: month => configured(month, { glossary: 'porcupine\tヤマアラシ\nquill\t針\n' }) },
  'another threshold': { times: 2, happens: month => configured(month, { acceptAbove: month.settings.acceptAbove > 0.9 ? 0.6 : 0.97 }) },
  'the folder of notes taken out of the config, and put back': { times: 1, happens: takeOutNotes },
  'a source that fails': { times: 8, happens: outage },
  'an answer without an entry': { times: 2, happens: month => fail(month, 'empty') },
  'a document cut off': { times: 2, happens: month => fail(month, 'truncated') },
  'a feed in another order': { times: 2, happens: month => void forAWhile(month, anyPublisher(month), { isShuffled: true }) },
  'a feed shortened, and lengthened again': { times: 2, happens: month => shorten(month, pick(month, [month.blogger, month.wordpress])) },
  'the same feed sent anew': { times: 6, happens: month => void anyPublisher(month).edition++ },
  'a publisher whose clock is hours ahead': { times: 1, happens: month => write(month, month.blogger, 20 * HOUR) },
  'a publisher whose clock is days ahead': { times: 1, happens: month => write(month, month.blogger, 3 * DAY) },
  'a restart': { times: 3, happens: month => month.restart() },
  'a crash between polls and judgements': { times: 1, happens: month => month.crash('match') },
  'a crash between judgements and publishing': { times: 2, happens: month => month.crash('publish') },
  'a crash in the midst of publishing': { times: 2, happens: month => month.crash('written') },
  'the state restored from a backup': { times: 1, happens: restore },
  'another version of the program': { times: 1, happens: month => month.restart({ version: `99.${month.now() % 97}.0` }) },
  'losses accepted by the operator': { times: 2, happens: month => month.acceptShrink() },
}

/** What there is when the month begins. */
export function begin(month: Month): void {
  const before = month.now()
  for (let number = 24; number > 0; number--) {
    const at = before - number * 10 * HOUR
    addArticle(month, month.alpha, at)
    addArticle(month, month.beta, at + 30 * MINUTE)
    if (number <= 18) write(month, month.blogger, 0, at + HOUR)
    if (number <= 16) write(month, month.wordpress, 0, at + 2 * HOUR)
    if (number <= 5) addNote(month, at + 3 * HOUR)
  }
}

function pick<T>({ random }: Pick<Month, 'random'>, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('expected something to choose from')
  return one
}

function write(month: Month, blog: Blog, aheadMs = 0, at = month.now() + aheadMs): void {
  blog.write(textOf(month, at), at)
}

/** A post that cites an article there is, one that is yet to come, or none. */
function textOf(month: Month, at: Instant) {
  const chance = month.random()
  const outlet = pick(month, ['alpha', 'beta'] as const)
  const url = chance < 0.5 ? pick(month, month[outlet].articles).url : `https://${outlet}.example/2026/coming-${at}`
  const title = `${pick(month, TOPICS)}・その${at % 99991}${month.random() < 0.5 ? `(${month.settings.outletNames[outlet]})` : ''}`
  const labels = [...new Set([pick(month, LABELS), pick(month, LABELS)])]
  const body = Array.from({ length: 5 }, () => `<p>${pick(month, SENTENCES)}</p>`).join('')
  return { title, labels, html: chance < 0.8 ? `<p>原文：<a href="${url}">${url}</a></p>${body}` : body }
}

function addNote(month: Month, at: Instant): void {
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

function addArticle(month: Month, outlet: Outlet, at = month.now()): void {
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
function uncited(month: Month): void {
  const left = uncitedPosts.filter(({ expects, id }) => expects.article !== undefined && !month.translated.has(id))
  const [post] = left
  const article = (['meridian', 'fortytwo', 'harbor', 'tradewind'] as const)
    .flatMap(articlesOf)
    .find(({ slug }) => slug === post?.expects.article)
  if (post === undefined || article === undefined) return
  month.translated.add(post.id)
  const [post1, article1] = month.random() < 0.5 ? [0, 7] : [9, 0]
  const outlet = pick(month, [month.alpha, month.beta])
  const url = `https://${outlet === month.alpha ? 'alpha' : 'beta'}.example/${article.slug}`
  const title = post.title.replace(/[(（][^()（）]*[)）]/, '')
  month.later(post1, () => month.wordpress.write({ title, html: post.html.replaceAll('\n', ''), labels: post.labels }, month.now()))
  month.later(article1, () => {
    const html = [article.lead, ...article.body].join(' ')
    outlet.articles.push(articleOf(month, outlet, { url, title: article.title, html, published: month.now() }))
  })
}

function editArticle(month: Month, outlet: Outlet): void {
  const { id } = pick(month, outlet.shown())
  const change = (article: Written) => {
    const title = `${article.title}, Revised`
    return { ...article, title, ...(article.updated === undefined ? {} : { updated: month.now() }) }
  }
  outlet.articles = outlet.articles.map(article => (article.id === id ? change(article) : article))
}

function edit(month: Month, blog: Blog, { isDated, isMarkup = false }: { readonly isDated: boolean; readonly isMarkup?: boolean }): void {
  const { id, html } = pick(month, blog.shown())
  const at = month.now()
  const edited = isMarkup ? html.replace(/<p>([^<]+)<\/p>$/, '<p><em>$1</em></p>') : `${html}<p>追記${at % 9973}。</p>`
  blog.edit(id, { html: edited }, isDated ? at : undefined)
}

function editOld(month: Month): void {
  const shown = new Set(month.wordpress.shown().map(({ id }) => id))
  const old = month.wordpress.posts().filter(({ id }) => !shown.has(id))
  const { id, html } = pick(month, old)
  const at = month.now()
  month.wordpress.edit(id, { html: `${html}<p>追記${at % 9973}。</p>` }, at)
  // The program asks for edits of old posts when the feed stirs.
  write(month, month.wordpress)
}

/** Every date of change moves, and nothing else. */
function saveAgain(month: Month): void {
  for (const { id } of month.blogger.posts()) month.blogger.edit(id, {}, month.now())
}

function dropOne(month: Month, blog: Blog): void {
  blog.remove(pick(month, blog.posts()).id)
}

function aNote(month: Month): readonly [name: string, note: Note] {
  return pick(month, [...month.notes.files])
}

function changeNote(month: Month, change: (note: Note) => Partial<Note>): void {
  const [name, note] = aNote(month)
  month.notes.files.set(name, { ...note, ...change(note) })
}

async function deleteNote(month: Month): Promise<void> {
  if (month.notes.files.size > 2) await removeNote(month.notes, aNote(month)[0])
}

function passing(month: Month, state: Note['state']): void {
  const [name, note] = aNote(month)
  month.notes.files.set(name, { ...note, state })
  month.later(4, () => {
    const now = month.notes.files.get(name)
    if (now !== undefined) month.notes.files.set(name, { ...now, state: 'whole' })
  })
}

function secureNotes({ notes }: Month): void {
  for (const [name, note] of notes.files) notes.files.set(name, { ...note, isSecured: true })
}

async function withdrawn(month: Month, isUndone: boolean): Promise<void> {
  const { written } = pick(month, standing(month.knowledge(), 'post'))
  await month.withdraw(written.id)
  if (isUndone) month.later(8, () => month.withdraw(written.id, true))
}

async function pair(month: Month): Promise<void> {
  const posts = standing(month.knowledge(), 'post').filter(({ written }) => citedIn(written.html) !== undefined)
  const { written } = pick(month, posts)
  const cited = citedIn(written.html) ?? ''
  const articles = standing(month.knowledge(), 'article').filter(article => article.written.url.startsWith(cited.slice(0, 13)))
  month.settings.pairs.set(written.url, month.random() < 0.3 ? 'none' : pick(month, articles).written.url)
  await month.reconfigure()
}

async function configured(month: Month, change: Partial<Settings>): Promise<void> {
  Object.assign(month.settings, change)
  await month.reconfigure()
}

async function titles(month: Month): Promise<void> {
  const modes = (['japanese', 'bilingual', 'original'] as const).filter(mode => mode !== month.settings.titles)
  await configured(month, { titles: pick(month, modes) })
}

async function nameLabel(month: Month, name: { readonly title?: string; readonly slug?: string } | null): Promise<void> {
  await configured(month, { labelFeed: name === null ? null : { label: '外交', ...name } })
}

async function renameOutlet(month: Month): Promise<void> {
  await configured(month, { outletNames: { ...month.settings.outletNames, alpha: 'Alpha Review Online' } })
}

async function takeOutNotes(month: Month): Promise<void> {
  await configured(month, { hasNotes: false })
  month.later(5, () => configured(month, { hasNotes: true }))
}

/** A label that is not in the config becomes another, on every post of both blogs and all notes. */
function renameLabel(month: Month): void {
  const label = pick(month, ['歴史', '書評'])
  const rename = (labels: readonly string[]) => labels.map(one => (one === label ? `${label}${month.now() % 97}` : one))
  for (const blog of [month.blogger, month.wordpress])
    for (const { id, labels } of blog.posts()) if (labels.includes(label)) blog.edit(id, { labels: rename(labels) }, month.now())
  for (const [name, note] of month.notes.files) month.notes.files.set(name, { ...note, labels: rename(note.labels) })
}

function relabel(month: Month): void {
  const { id } = pick(month, month.blogger.shown())
  month.blogger.edit(id, { labels: [pick(month, LABELS)] }, month.now())
}

function anyPublisher(month: Month) {
  return pick(month, [month.alpha, month.beta, month.blogger, month.wordpress])
}

function outage(month: Month): void {
  fail(month, pick(month, ['error', 'timeout', 'page'] as const))
}

function fail(month: Month, fault: Fault): void {
  // The blog on WordPress has no server that can keep silent.
  const publishers = [month.alpha, month.beta, month.blogger, ...(fault === 'timeout' ? [] : [month.wordpress])]
  forAWhile(month, pick(month, publishers), { fault })
}

function forAWhile(month: Month, publisher: Outlet | Blog, change: Partial<Pick<Outlet, 'fault' | 'isShuffled' | 'window'>>): void {
  const usual = { fault: null, isShuffled: false, window: publisher === month.blogger ? 50 : 10 }
  Object.assign(publisher, change)
  month.later(1 + Math.floor(month.random() * 4), () => void Object.assign(publisher, usual))
}

function shorten(month: Month, blog: Blog): void {
  blog.window = blog === month.blogger ? 15 : 6
  month.later(3, () => {
    blog.window = blog === month.blogger ? 50 : 14
  })
  month.later(7, () => {
    blog.window = blog === month.blogger ? 50 : 10
  })
}

function restore(month: Month): void {
  month.backUp()
  month.later(6, () => month.restart({ restored: true }))
}
