import { escapeAttribute, escapeHtml } from '../html/escape.ts'
import { articleHtml } from './article-html.ts'
import { articleUrl, blogUrl, feedUrl, outletUrl, postHtml, postUrl } from './samples/addresses.ts'
import { articlesOf } from './samples/articles.ts'
import type { SampleOutlet } from './samples/outlets.ts'
import { sampleBlog, sampleLabels, samplePosts } from './samples/posts.ts'
import type { SampleArticle } from './samples/sample-article.ts'
import type { SamplePost } from './samples/sample-post.ts'

const STYLE = `body{max-width:40rem;margin:3rem auto;padding:0 1.25rem;font:1.05rem/1.75 Georgia,"Hiragino Mincho ProN","Yu Mincho","Noto Serif CJK JP",serif;color:#1c2126;background:#fdfcf9}
header{border-bottom:1px solid #d9d4c8;margin-bottom:2rem;padding-bottom:.75rem}header a{color:inherit;text-decoration:none;font-weight:700}
h1{font-size:1.6rem;line-height:1.35}small,.meta,footer{color:#5d646b;font-size:.88rem}a{color:#1f4e79}li{margin:.5rem 0}footer{margin-top:3rem;border-top:1px solid #d9d4c8;padding-top:.75rem}`

/** The page of an article at its outlet. */
export function articlePage(article: SampleArticle, outlet: SampleOutlet, port: number): string {
  const meta = `By ${escapeHtml(article.author)} · ${longDate(article.published)} · ${escapeHtml(article.categories.join(', '))}`
  return outletPage(
    outlet,
    article.title,
    port,
    `<article><h1>${escapeHtml(article.title)}</h1><p class="meta">${meta}</p>
<p><strong>${escapeHtml(article.lead)}</strong></p>
${articleHtml(article)}</article>`,
  )
}

/** The front page of an outlet: its articles, newest first. */
export function outletFrontPage(outlet: SampleOutlet, port: number): string {
  const items = articlesOf(outlet.id).map(
    article =>
      `<li><a href="${articleUrl(article, port)}">${escapeHtml(article.title)}</a> <small>${longDate(article.published)}</small></li>`,
  )
  return outletPage(outlet, outlet.name, port, `<p>${escapeHtml(outlet.tagline)}</p>\n<ul>\n${items.join('\n')}\n</ul>`)
}

/** The page of a post, as its translator saved it. */
export function postPage(post: SamplePost, port: number): string {
  const labels = post.labels.map(label => labelLink(label, port)).join('、')
  return blogPage(
    post.title,
    port,
    `<article><h1>${escapeHtml(post.title)}</h1><p class="meta">${post.published.slice(0, 10)}　ラベル：${labels}</p>
${postHtml(post, port)}</article>`,
  )
}

/** The blog's front page, or the page of one of its labels. */
export function blogListPage(label: string | undefined, port: number): string {
  const posts = label === undefined ? samplePosts : samplePosts.filter(post => post.labels.includes(label))
  const items = posts.map(
    post => `<li><a href="${postUrl(post, port)}">${escapeHtml(post.title)}</a> <small>${post.published.slice(0, 10)}</small></li>`,
  )
  const intro =
    label === undefined
      ? `<p>${sampleBlog.subtitle}</p>\n<p class="meta">ラベル：${sampleLabels()
          .map(each => labelLink(each, port))
          .join('、')}</p>`
      : `<p>ラベル「${escapeHtml(label)}」が付いた投稿</p>`
  return blogPage(label ?? sampleBlog.title, port, `${intro}\n<ul>\n${items.join('\n')}\n</ul>`)
}

/** The picture that a post shows. */
export const straitPicture = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360"><rect width="640" height="200" fill="#cfe0ea"/><rect y="200" width="640" height="160" fill="#3f6f8f"/><path d="M0 205 90 168l120 37zM430 205l110-48 100 48z" fill="#6d7f6a"/><path d="M205 214h240l-22 34H228z" fill="#7a2e2a"/><path d="M388 180h34v34h-34z" fill="#f4f1ea"/><path d="M0 290q40-14 80 0t80 0 80 0 80 0 80 0 80 0 80 0 80 0" fill="none" stroke="#8fb3c8" stroke-width="4"/></svg>\n`

function labelLink(label: string, port: number): string {
  return `<a href="${blogUrl(port)}/search/label/${encodeURIComponent(label)}">${escapeHtml(label)}</a>`
}

function outletPage(outlet: SampleOutlet, title: string, port: number, main: string): string {
  const head = `<link rel="alternate" href="${escapeAttribute(feedUrl(outlet.id, port))}" title="${escapeAttribute(outlet.name)}">`
  const home = `<a href="${outletUrl(outlet.id, port)}/">${escapeHtml(outlet.name)}</a>`
  return htmlPage('en', title, head, home, main, 'An invented outlet with invented articles, written for the Kakehashi demo.')
}

function blogPage(title: string, port: number, main: string): string {
  const home = `<a href="${blogUrl(port)}/">${sampleBlog.title}</a>`
  return htmlPage('ja', title, '', home, main, 'Kakehashi のデモ用に書かれた架空のブログです。')
}

function htmlPage(language: string, title: string, head: string, home: string, main: string, note: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>${head}<style>${STYLE}</style></head>
<body><header>${home}</header>
<main>${main}</main>
<footer>${note}</footer></body>
</html>
`
}

function longDate(date: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))
}
