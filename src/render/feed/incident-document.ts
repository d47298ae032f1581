import type { Element } from 'xml-js'
import type { Incident, IncidentKind } from '../../domain/incident.ts'
import { INCIDENTS_PATH, type PageLanguage, type Site, siteAddress } from '../../domain/site.ts'
import { publishablePerson } from './entry-persons.ts'
import { headerDate } from './feed-header.ts'
import { printDocument } from './print-xml.ts'
import { rfc3339 } from './publishable-date.ts'
import { element } from './xml-element.ts'

interface Headline {
  readonly open: (subject: string) => string
  readonly closed: (subject: string) => string
}

interface Words {
  readonly title: (site: string) => string
  readonly began: string
  readonly ended: string
  readonly headlines: Readonly<Record<IncidentKind, Headline>>
}

const WORDS: Readonly<Record<PageLanguage, Words>> = {
  ja: {
    title: site => `${site}：障害情報`,
    began: '発生',
    ended: '解消',
    headlines: {
      'source-failing': { open: source => `「${source}」を取得できません`, closed: source => `「${source}」の取得が回復しました` },
      'source-silent': { open: source => `「${source}」の更新が途絶えています`, closed: source => `「${source}」の更新が再開しました` },
      'document-refused': { open: path => `公開を見送った文書があります：${path}`, closed: path => `公開の見送りが解消しました：${path}` },
      'entry-left-out': { open: id => `公開から外した項目があります：${id}`, closed: id => `公開から外れた項目が解消しました：${id}` },
      'config-refused': { open: () => '設定に誤りがあるため、変更を反映していません', closed: () => '設定の誤りが解消しました' },
      'publishing-failed': { open: () => 'フィードを書き出せません', closed: () => 'フィードの書き出しが回復しました' },
      'cycle-failed': { open: () => '処理を最後まで終えられませんでした', closed: () => '処理が正常に戻りました' },
    },
  },
  en: {
    title: site => `${site}: incidents`,
    began: 'Began',
    ended: 'Ended',
    headlines: {
      'source-failing': { open: source => `${source} cannot be polled`, closed: source => `${source} has recovered` },
      'source-silent': { open: source => `${source} has fallen silent`, closed: source => `${source} has news again` },
      'document-refused': { open: path => `A document was not published: ${path}`, closed: path => `No longer refused: ${path}` },
      'entry-left-out': { open: id => `An entry was left out: ${id}`, closed: id => `No longer left out: ${id}` },
      'config-refused': { open: () => 'The config on disk is wrong and not in force', closed: () => 'The config on disk is right again' },
      'publishing-failed': { open: () => 'The feeds cannot be written', closed: () => 'The feeds are written again' },
      'cycle-failed': { open: () => 'A cycle came to no end', closed: () => 'Cycles come to their end again' },
    },
  },
}

/**
 * Tells an operator's feed reader what is amiss and what has ended, as Atom in the language of the site. An incident
 * keeps its entry, whose `updated` is when it began, changed or ended. It holds what no subscriber should read.
 *
 * @param incidents newest change first
 */
export function incidentDocument(site: Site, incidents: readonly Incident[]): string {
  const { language } = site
  const { name, uri, email } = publishablePerson(site.author)
  const author = element('author', {}, [
    element('name', {}, name),
    ...(uri === undefined ? [] : [element('uri', {}, uri)]),
    ...(email === undefined ? [] : [element('email', {}, email)]),
  ])
  const self = siteAddress(site, INCIDENTS_PATH)
  const feed = element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language }, [
    element('id', {}, `${site.id}:incidents`),
    element('title', { type: 'text' }, WORDS[language].title(site.title)),
    element('updated', {}, rfc3339(headerDate(incidents[0]?.changedAt ?? null))),
    author,
    element('link', { rel: 'self', type: 'application/atom+xml', href: self }),
    ...incidents.map(incident => entry(site, incident)),
  ])
  return printDocument(feed)
}

function entry(site: Site, incident: Incident): Element {
  const { key, kind, subject, detail, cause, openedAt, changedAt, closedAt } = incident
  const words = WORDS[site.language]
  const headline = words.headlines[kind][closedAt === null ? 'open' : 'closed'](subject)
  const times = [`${words.began} ${date(openedAt)}`, ...(closedAt === null ? [] : [`${words.ended} ${date(closedAt)}`])]
  const what = detail === '' || detail === cause ? cause : `${cause}: ${detail}`
  return element('entry', {}, [
    element('id', {}, `${site.id}:incident:${key}`),
    element('title', { type: 'text' }, headline),
    element('published', {}, date(openedAt)),
    element('updated', {}, date(changedAt)),
    element('category', { term: kind, scheme: `${site.id}:incident-kind` }),
    element('content', { type: 'text' }, [what, ...times].join('\n')),
  ])
}

function date(instant: number): string {
  return rfc3339(new Date(instant))
}
