import { sampleArticles } from './articles.ts'
import { sampleBlog, samplePosts } from './posts.ts'
import type { SampleArticle, SampleOutletId } from './sample-article.ts'
import type { SamplePost } from './sample-post.ts'

/** The demo is polled by address, since not every resolver knows `*.localhost`; browsers do, so pages are linked by name. */
const POLLED_HOST = '127.0.0.1'

/** Path of an article below its outlet's host: `/<year>/<month>/<slug>`. */
export function articlePath(article: SampleArticle): string {
  return `/${article.published.slice(0, 4)}/${article.published.slice(5, 7)}/${article.slug}`
}

/** Address of an article's page. */
export function articleUrl(article: SampleArticle, port: number): string {
  return `${outletUrl(article.outlet, port)}${articlePath(article)}`
}

/** Address of an outlet's front page, without trailing slash. */
export function outletUrl(outlet: SampleOutletId, port: number): string {
  return `http://${outlet}.localhost:${port}`
}

/** Address at which an outlet's feed is polled. */
export function feedUrl(outlet: SampleOutletId, port: number): string {
  return `http://${POLLED_HOST}:${port}/${outlet}/feed`
}

/** Address of a post's page. */
export function postUrl(post: SamplePost, port: number): string {
  return `${blogUrl(port)}${post.path}`
}

/** Address of the sample blog's front page, without trailing slash. */
export function blogUrl(port: number): string {
  return `http://${sampleBlog.host}:${port}`
}

/** Address at which the sample blog's feed is polled; `/-/<label>` behind it selects by label. */
export function blogFeedUrl(port: number): string {
  return `http://${POLLED_HOST}:${port}/feeds/posts/default`
}

/** A post's body with the addresses of this run. */
export function postHtml(post: SamplePost, port: number): string {
  return post.html.replaceAll('{{port}}', String(port))
}

/** The operator's `pairs.csv`: post and original of every post that names nothing by which a machine could decide. */
export function samplePairs(port: number): string {
  const lines = samplePosts.flatMap(post => {
    const article = sampleArticles.find(({ slug }) => slug === post.expects.article)
    if (post.expects.by !== 'pair-list' || article === undefined) return []
    return [`${postUrl(post, port)},${articleUrl(article, port)}`]
  })
  return `${['post,original', ...lines].join('\n')}\n`
}
