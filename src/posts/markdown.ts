import MarkdownIt from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'

// HTML passes through: bodies are sanitised when they are published. Lines indented by four spaces are a paragraph, as
// Japanese writers indent, not code.
const markdown = new MarkdownIt({ html: true, linkify: true, maxNesting: 32 }).disable('code').use(cjkFriendly)

/**
 * Renders CommonMark with tables, strikethrough and bare addresses. `**「強調」**の` is emphasis though a letter follows the
 * mark. The result is to be sanitised like any other body.
 */
export function renderMarkdown(text: string): string {
  return markdown.render(text).trimEnd()
}
