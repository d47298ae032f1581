import { describe, expect, it } from 'vitest'
import type { OutletId } from '../../src/domain/identifiers.ts'
import type { Outlet } from '../../src/domain/outlet.ts'
import { outletDirectory, outletNameKey } from '../../src/domain/outlet-directory.ts'

function anOutlet(id: string, changes: Partial<Outlet> = {}): Outlet {
  const basics = { hosts: [], movedHosts: [], aliases: [], language: 'en', republish: 'excerpt' } as const
  return { id: id as OutletId, name: id, ...basics, ...changes }
}

const directory = outletDirectory([
  anOutlet('tni', { name: 'The National Interest', hosts: ['nationalinterest.org'], aliases: ['ナショナル・インタレスト', 'TNI'] }),
  anOutlet('tp', { name: 'Task & Purpose', hosts: ['taskandpurpose.com'] }),
  anOutlet('1945', { name: '19FortyFive', hosts: ['19fortyfive.com', 'nationalinterest.org'], aliases: ['TNI'] }),
  anOutlet('zone', { hosts: ['zone.example'], movedHosts: [{ from: 'old.example/the-zone', to: 'zone.example' }] }),
  anOutlet('old', { hosts: ['old.example'] }),
  anOutlet('blog', { hosts: ['think.example/Blog/notes'] }),
  anOutlet('think', { hosts: ['think.example'] }),
  anOutlet('sub', { hosts: ['reports.think.example'] }),
  anOutlet('local', { hosts: ['localhost', '[::1]', '192.0.2.7'] }),
])

describe('outletDirectory', () => {
  const names: readonly [name: string, id: string | undefined][] = [
    ['The National Interest', 'tni'],
    ['national interest', 'tni'],
    ['The National interest ', 'tni'],
    ['Ｔｈｅ　Ｎａｔｉｏｎａｌ　Ｉｎｔｅｒｅｓｔ', 'tni'],
    ['“The National Interest”', 'tni'],
    ['The-National-Interest', 'tni'],
    ['TNI', 'tni'],
    ['ナショナルインタレスト', 'tni'],
    ['ﾅｼｮﾅﾙ･ｲﾝﾀﾚｽﾄ', 'tni'],
    ['Task and Purpose', 'tp'],
    ['task＆purpose', 'tp'],
    ['19fortyfive', '1945'],
    ['1945', '1945'],
    ['Theatre', undefined],
    ['', undefined],
    ['？！', undefined],
    ['constructor', undefined],
  ]
  for (const [name, id] of names) it(`finds ${id ?? 'nothing'} by the name "${name}"`, () => expect(directory.byName(name)?.id).toBe(id))

  const urls: readonly [name: string, url: string, id: string | undefined][] = [
    ['its host', 'https://www.nationalinterest.org/feature/a', 'tni'],
    ['a subdomain', 'https://opinion.nationalinterest.org/a', 'tni'],
    ['a subdomain that has its own outlet', 'https://eu.reports.think.example/a', 'sub'],
    ['a path that has its own outlet', 'https://think.example/Blog/notes/a?p=1', 'blog'],
    ['a path that merely begins alike', 'https://think.example/Blog/notesy/a', 'think'],
    ['a host that moved', 'https://www.old.example/the-zone/12/a', 'zone'],
    ['what stayed on the host others moved from', 'https://old.example/a', 'old'],
    ['a host without dots', 'http://localhost:8080/a', 'local'],
    ['an IPv6 address', 'http://[::1]/a', 'local'],
    ['an IPv4 address', 'http://192.0.2.7:81/a', 'local'],
    ['a host that merely ends alike', 'https://notnationalinterest.org/a', undefined],
    ['what is no address', 'nationalinterest.org/a', undefined],
  ]
  for (const [name, url, id] of urls) it(`knows the publisher of ${name}`, () => expect(directory.byUrl(url)?.outlet.id).toBe(id))

  it('gives the form in which the address is compared, moves applied', () => {
    expect(directory.byUrl('https://old.example/the-zone/12/a?utm_source=x')?.address).toBe('zone.example/12/a')
    expect(directory.address('https://elsewhere.example/a/')).toBe('elsewhere.example/a')
  })

  it('lets the first of two outlets keep a name and a host', () => {
    expect(directory.byName('tni')?.id).toBe('tni')
    expect(directory.byUrl('https://nationalinterest.org/a')?.outlet.id).toBe('tni')
  })

  it('finds an outlet by id', () => {
    expect(directory.byId('zone' as OutletId)?.hosts).toEqual(['zone.example'])
    expect(directory.byId('nobody' as OutletId)).toBeUndefined()
  })

  it('stays quick on hostile addresses', () => {
    const startedAt = performance.now()
    for (const tail of [`/?a=${'?'.repeat(100_000)}%0Ab`, '/a'.repeat(50_000), '/a'.repeat(3_900)])
      directory.byUrl(`https://b.example${tail}`)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})

describe('outletNameKey', () => {
  it('keeps the long vowel mark, which tells names apart', () => {
    expect(outletNameKey('フォーリン')).not.toBe(outletNameKey('フォリン'))
  })

  it('keeps a name that is the article alone', () => {
    expect(outletNameKey('The')).toBe('the')
  })
})
