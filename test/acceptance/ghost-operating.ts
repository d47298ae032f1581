import { citedIn, standing } from './ghost-feeds.ts'
import type { Blog, Fault, Outlet } from './ghost-publishers.ts'
import type { Settings } from './ghost-settings.ts'
import { type Month, pick } from './ghost-stage.ts'

/** A post is withdrawn, and perhaps taken back in some cycles later. */
export async function withdrawn(month: Month, isUndone: boolean): Promise<void> {
  const { written } = pick(month, standing(month.knowledge(), 'post'))
  await month.withdraw(written.id)
  if (isUndone) month.later(8, () => month.withdraw(written.id, true))
}

/** The operator says what a post translates that says otherwise itself. */
export async function pair(month: Month): Promise<void> {
  const posts = standing(month.knowledge(), 'post').filter(({ written }) => citedIn(written.html) !== undefined)
  const { written } = pick(month, posts)
  const cited = citedIn(written.html) ?? ''
  const articles = standing(month.knowledge(), 'article').filter(article => article.written.url.startsWith(cited.slice(0, 13)))
  month.settings.pairs.set(written.url, month.random() < 0.3 ? 'none' : pick(month, articles).written.url)
  await month.reconfigure()
}

/** The config changes, and is read again. */
export async function configured(month: Month, change: Partial<Settings>): Promise<void> {
  Object.assign(month.settings, change)
  await month.reconfigure()
}

/** The entries of a feed are headed otherwise. */
export async function titles(month: Month): Promise<void> {
  const modes = (['japanese', 'bilingual', 'original'] as const).filter(mode => mode !== month.settings.titles)
  await configured(month, { titles: pick(month, modes) })
}

/** The feed of a label gets a title or a slug from the operator, or neither any more. */
export async function nameLabel(month: Month, name: { readonly title?: string; readonly slug?: string } | null): Promise<void> {
  await configured(month, { labelFeed: name === null ? null : { label: '外交', ...name } })
}

/** An outlet gets another name; the former one stays an alias. */
export async function renameOutlet(month: Month): Promise<void> {
  await configured(month, { outletNames: { ...month.settings.outletNames, alpha: 'Alpha Review Online' } })
}

/** A source of posts leaves the config, and comes back. */
export async function takeOutNotes(month: Month): Promise<void> {
  await configured(month, { hasNotes: false })
  month.later(5, () => configured(month, { hasNotes: true }))
}

/** One of those with a feed. */
export function anyPublisher(month: Month) {
  return pick(month, [month.alpha, month.beta, month.blogger, month.wordpress])
}

/** A publisher is down for some cycles. */
export function outage(month: Month): void {
  fail(month, pick(month, ['error', 'timeout', 'page'] as const))
}

/** A publisher answers something else for some cycles. */
export function fail(month: Month, fault: Fault): void {
  // The blog on WordPress has no server that can keep silent.
  const publishers = [month.alpha, month.beta, month.blogger, ...(fault === 'timeout' ? [] : [month.wordpress])]
  forAWhile(month, pick(month, publishers), { fault })
}

/** Something is other than usual with a publisher for some cycles. */
export function forAWhile(month: Month, publisher: Outlet | Blog, change: Partial<Pick<Outlet, 'fault' | 'isShuffled'>>): void {
  const usual = { fault: null, isShuffled: false }
  Object.assign(publisher, change)
  month.later(1 + Math.floor(month.random() * 4), () => void Object.assign(publisher, usual))
}

/** A feed shows fewer posts for a while, then more than usual. */
export function shorten(month: Month, blog: Blog): void {
  blog.window = blog === month.blogger ? 15 : 6
  month.later(3, () => {
    blog.window = blog === month.blogger ? 50 : 14
  })
  month.later(7, () => {
    blog.window = blog === month.blogger ? 50 : 10
  })
}

/** A day is lost; what happened in it is heard again at once, as all publishers answer. */
export function restore(month: Month): void {
  month.backUp()
  month.later(6, () => {
    for (const publisher of [month.alpha, month.beta, month.blogger, month.wordpress]) publisher.fault = null
    return month.restart({ restored: true })
  })
}
