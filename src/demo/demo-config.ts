import { blogFeedUrl, feedUrl, outletUrl } from './samples/addresses.ts'
import { type SampleOutlet, sampleOutlets } from './samples/outlets.ts'
import { sampleBlog } from './samples/posts.ts'

/** The demo's `kakehashi.yaml`: everything on loopback, state and output beside it. */
export function demoServiceConfig(ports: { readonly origin: number; readonly site: number }): string {
  return `# Written by "kakehashi demo".
site:
  title: 架け橋デモ
  subtitle: 見本の翻訳ブログと架空の媒体から作ったフィード
  url: http://127.0.0.1:${ports.site}/
  id: tag:demo.kakehashi.example,2026:demo
  author: { name: ${sampleBlog.author} }
server: { host: 127.0.0.1, port: ${ports.site} }
store: { file: ../state.db }
publish:
  folder: ../public
  feeds: { untranslated: true }
polling:
  allow_hosts: ["127.0.0.1:${ports.origin}"]
  per_host: 4
  timeout: 10s
matching: { dictionary: none }
log: { level: warn }
`
}

/** The demo's `sources.yaml`: the sample outlets and the sample blog. */
export function demoSources(originPort: number): string {
  return `# Written by "kakehashi demo". The outlets are invented; their feeds are served by the demo itself.
outlets:
${sampleOutlets.map(outlet => outletYaml(outlet, originPort)).join('')}
posts:
  - id: ${sampleBlog.host.split('.')[0]}
    feed: ${blogFeedUrl(originPort)}
    title: ${quoted(sampleBlog.title)}
    translator: ${quoted(sampleBlog.author)}

feeds:
  - label: 米外交政策
    slug: us-foreign-policy
    subtitle: 米国の外交・安全保障政策を論じた記事の翻訳
  - slug: bilingual
    title: 全翻訳（対訳見出し）
    titles: bilingual
    limit: 100
  - slug: harbor-and-strait
    title: Harbor & Strait（未訳を含む）
    outlets: [harbor]
    include: all
  - slug: china-and-taiwan
    title: 中国・台湾
    subtitle: 見出しか本文に「中国」「台湾」のある翻訳
    any: [{ keyword: 中国 }, { keyword: 台湾 }]
`
}

function outletYaml(outlet: SampleOutlet, port: number): string {
  const moves = outlet.movedHosts.map(({ from, to }) => `{ from: ${from}, to: ${to} }`).join(', ')
  return `  - id: ${outlet.id}
    name: ${quoted(outlet.name)}
    homepage: ${outletUrl(outlet.id, port)}/
    hosts: [${outlet.hosts.join(', ')}]
    moved_hosts: [${moves}]
    aliases: [${outlet.aliases.map(quoted).join(', ')}]
    republish: ${outlet.republish}
    rights: ${quoted(outlet.rights ?? '')}
    sources:
      - url: ${feedUrl(outlet.id, port)}
`
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
