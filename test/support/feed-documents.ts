/** A post of a blog made up for a test; its texts are raw. */
export interface BlogPost {
  readonly id: string
  readonly title: string
  readonly html: string
  readonly labels: readonly string[]
  /** ISO 8601. */
  readonly published: string
  readonly author?: string
}

/** An article of an outlet made up for a test; its texts are raw. */
export interface OutletArticle {
  readonly url: string
  readonly title: string
  readonly text: string
  /** ISO 8601. */
  readonly published: string
}

const BLOG_ID = 'tag:blogger.com,1999:blog-4000000000000000001'

/** The atom:id under which a post stands in `bloggerPage`. */
export function postId(post: Pick<BlogPost, 'id'>): string {
  return `${BLOG_ID}.post-${post.id}`
}

/** The address of a post's page in `bloggerPage`. */
export function postUrl(post: Pick<BlogPost, 'id'>): string {
  return `https://blog.example.jp/2026/03/${post.id}.html`
}

/** A page of a blog as Blogger's Atom feed gives it; `posts` is the whole blog, newest first, `startIndex` 1-based. */
export function bloggerPage(
  posts: readonly BlogPost[],
  { startIndex = 1, pageSize = 25, updated = posts[0]?.published ?? '2026-01-01T00:00:00Z' } = {},
): string {
  const page = posts.slice(startIndex - 1, startIndex - 1 + pageSize)
  return [
    `<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'>`,
    `<id>${BLOG_ID}</id><updated>${updated}</updated><title type='text'>対訳帖</title>`,
    `<link rel='alternate' type='text/html' href='https://blog.example.jp/'/><generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>`,
    `<openSearch:totalResults>${posts.length}</openSearch:totalResults><openSearch:startIndex>${startIndex}</openSearch:startIndex><openSearch:itemsPerPage>${pageSize}</openSearch:itemsPerPage>`,
    ...page.map(bloggerEntry),
    '</feed>',
  ].join('')
}

/** An outlet's RSS 2.0 feed. */
export function rssFeed(title: string, articles: readonly OutletArticle[]): string {
  const items = articles.map(
    article =>
      `<item><title>${escapeXml(article.title)}</title><link>${escapeXml(article.url)}</link><guid>${escapeXml(article.url)}</guid>` +
      `<pubDate>${new Date(article.published).toUTCString()}</pubDate><description>${escapeXml(article.text)}</description></item>`,
  )
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${escapeXml(title)}</title><link>https://outlet.example/</link><description>${escapeXml(title)}</description>${items.join('')}</channel></rss>`
}

/** Escapes text for element content and quoted attributes; characters XML forbids are left in. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

function bloggerEntry(post: BlogPost): string {
  return [
    `<entry><id>${postId(post)}</id><published>${post.published}</published><updated>${post.published}</updated>`,
    ...post.labels.map(label => `<category scheme='http://www.blogger.com/atom/ns#' term='${escapeXml(label)}'/>`),
    `<title type='text'>${escapeXml(post.title)}</title><content type='html'>${escapeXml(post.html)}</content>`,
    `<link rel='alternate' type='text/html' href='${postUrl(post)}'/><author><name>${escapeXml(post.author ?? '訳者')}</name></author></entry>`,
  ].join('')
}
