import type { Instant } from '../domain/time.ts'
import { atomFeed } from './atom-feed.ts'
import { bloggerFeed, bloggerQuery, bloggerUpdated } from './blogger-feed.ts'
import { newest } from './dates.ts'
import { jsonFeed } from './json-feed.ts'
import { rdfFeed } from './rdf-feed.ts'
import { articlePath, outletUrl } from './samples/addresses.ts'
import { articlesOf } from './samples/articles.ts'
import { type SampleOutlet, sampleOutlets } from './samples/outlets.ts'
import { sampleBlog, sampleLabels, samplePosts } from './samples/posts.ts'
import type { SampleOutletId } from './samples/sample-article.ts'
import type { ServedDocument } from './served-document.ts'
import { articlePage, blogListPage, outletFrontPage, postPage, straitPicture } from './web-pages.ts'
import { wordpressFeed } from './wordpress-feed.ts'

type OutletFeed = { readonly type: string; readonly render: (outlet: SampleOutlet, port: number) => string }

const OUTLET_FEEDS: Readonly<Record<SampleOutletId, OutletFeed>> = {
  meridian: { type: 'application/rss+xml; charset=UTF-8', render: wordpressFeed },
  fortytwo: { type: 'application/atom+xml; charset=utf-8', render: atomFeed },
  harbor: { type: 'application/rdf+xml', render: rdfFeed },
  tradewind: { type: 'application/feed+json', render: jsonFeed },
}

const HTML = 'text/html; charset=utf-8'
const NOT_FOUND: ServedDocument = { kind: 'not-found' }

/**
 * Gives what the demo serves at an address. Outlets and blog are told apart by host (`meridian.localhost`); on any
 * other host the first path segment names the outlet, and everything else belongs to the blog.
 *
 * @param host of the Host header, without port
 * @param target path and query of the request
 */
export function findDocument(host: string, target: string, port: number): ServedDocument {
  const url = target.startsWith('/') ? URL.parse(`http://origin.invalid${target}`) : null
  if (url === null) return NOT_FOUND
  const name = host.toLowerCase().replace(/^(?:www|m|amp)\./, '')
  const newHome = sampleOutlets.find(outlet => outlet.movedHosts.some(({ from }) => from === name))
  if (newHome !== undefined) return { kind: 'moved', location: `${outletUrl(newHome.id, port)}${target}` }
  const path = decoded(url.pathname)
  const byHost = sampleOutlets.find(outlet => outlet.hosts.includes(name))
  if (byHost !== undefined) return ofOutlet(byHost, path, port)
  const byPath = name === sampleBlog.host ? undefined : sampleOutlets.find(({ id }) => path === `/${id}` || path.startsWith(`/${id}/`))
  return byPath === undefined ? ofBlog(path, url.searchParams, port) : ofOutlet(byPath, path.slice(byPath.id.length + 1), port)
}

function ofOutlet(outlet: SampleOutlet, path: string, port: number): ServedDocument {
  const articles = articlesOf(outlet.id)
  const modified = newest(articles.map(article => article.published))
  const bare = path.replace(/\/$/, '')
  if (bare === '') return found(HTML, outletFrontPage(outlet, port), modified)
  const feed = OUTLET_FEEDS[outlet.id]
  if (bare === '/feed') return found(feed.type, feed.render(outlet, port), modified)
  const article = articles.find(each => articlePath(each) === bare.replace(/\/amp$/, ''))
  return article === undefined ? NOT_FOUND : found(HTML, articlePage(article, outlet, port), Date.parse(article.published))
}

function ofBlog(path: string, parameters: URLSearchParams, port: number): ServedDocument {
  const modified = bloggerUpdated()
  const feed = /^\/feeds\/posts\/(?:default|full)\/?(?:-\/(.+))?$/.exec(path)
  if (feed !== null) {
    const labels = (feed[1] ?? '').split('/').filter(label => label !== '')
    return found('application/atom+xml; charset=UTF-8', bloggerFeed(bloggerQuery(labels, parameters), port), modified)
  }
  if (path === '/') return found(HTML, blogListPage(undefined, port), modified)
  if (path === '/images/strait.svg') return found('image/svg+xml', straitPicture, modified)
  const label = sampleLabels().find(each => path === `/search/label/${each}`)
  if (label !== undefined) return found(HTML, blogListPage(label, port), modified)
  const post = samplePosts.find(each => each.path === path)
  return post === undefined ? NOT_FOUND : found(HTML, postPage(post, port), Date.parse(post.updated))
}

function found(type: string, body: string, modified: Instant): ServedDocument {
  return { kind: 'found', type, body, modified }
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}
