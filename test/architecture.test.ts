import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Texts by path below src/. */
type Sources = ReadonlyMap<string, string>

const STAGES = ['config', 'schedule', 'fetch', 'websub', 'parse', 'posts', 'store', 'match', 'label', 'render', 'publish', 'web']
const PRODUCT = ['domain', 'html', ...STAGES, 'pipeline', 'log', 'version']

/** For each folder, or file that lies beside the folders, those it may import besides itself. */
const MAY_IMPORT: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['domain', []],
  ['html', ['domain']],
  ...[...STAGES, 'demo'].map(stage => [stage, ['domain', 'html']] as const),
  ['pipeline', ['domain', 'html', ...STAGES]],
  ['log', []],
  ['version', []],
  ['app', PRODUCT],
  ['daemon', [...PRODUCT, 'app']],
  ['cli', [...PRODUCT, 'app', 'daemon', 'demo']],
  ['main', ['cli']],
  ['launcher', ['main']],
])

/** The one folder, or file, that may import a package. */
const HOMES: ReadonlyMap<string, string> = new Map([
  ['commander', 'cli'],
  ['feed', 'render'],
  ['fflate', 'posts'],
  ['htmlparser2', 'html'],
  ['http-cache-semantics', 'fetch'],
  ['ipaddr.js', 'fetch'],
  ['kysely', 'store'],
  ['markdown-it', 'posts'],
  ['markdown-it-cjk-friendly', 'posts'],
  ['node-cron', 'schedule'],
  ['p-queue', 'fetch'],
  ['pino', 'log'],
  ['rss-parser', 'parse'],
  ['sanitize-html', 'html'],
  ['saxes', 'publish'],
  ['undici', 'fetch'],
  ['xml-js', 'render'],
  ['yaml', 'config'],
  ['zod', 'config'],
  ['node:sqlite', 'store'],
])

/** What reaches outside without an import, and the files it is for. */
const AMBIENT: readonly (readonly [what: string, pattern: RegExp, homes: readonly string[]])[] = [
  [
    'the environment',
    /\bprocess\s*\??\.?\s*\[?\s*['"`]?env\b|\benv\b[^\n]*\}\s*=\s*process\b|['"]node:process['"]/,
    ['config/environment.ts'],
  ],
  // The log stamps its lines with the time they are written.
  ['the clock', /\bDate\s*\.\s*now\b|\bnew Date\b(?!\s*\(\s*[^\s)])|\bTemporal\.Now\b/, ['cli/program.ts', 'log.ts']],
  ['chance', /\bMath\s*\.\s*random\b|\brandomBytes\b/, ['cli/program.ts']],
  ['a server', /\bcreate(?:Secure)?Server\b/, ['web/server.ts', 'demo/origin.ts']],
  ['the end of the process', /\bprocess\s*\.\s*(?:exit|abort)\b/, []],
  ['a module by another way than import', /\b(?:require|createRequire|getBuiltinModule)\s*\(/, []],
]

/** Files that are data through and through: they may be longer, and what looks like code in them is text. */
const DATA = /^demo\/samples\//
const MAX_LINES = 300

function violationsIn(sources: Sources): readonly string[] {
  const found = [...sources].flatMap(([path, text]) => [
    ...importsOf(path, text).flatMap(target => forbiddenImport(path, target, sources) ?? []),
    ...(DATA.test(path) ? [] : [...ambientIn(path, text), ...tooLong(path, text)]),
    ...(/^export default\b|\bas default\b/m.test(text) ? [`${path}: has a default export`] : []),
    ...(/(?:^|\/)(?:utils?|helpers?|common|types?|misc|index)(?:\.ts$|\/)/.test(path) ? [`${path}: has a name that says nothing`] : []),
  ])
  return [...found, ...cyclesIn(sources)]
}

/** What a file imports, types included: files as paths below src/, packages by name, `?` where it is not a plain text. */
function importsOf(path: string, text: string): readonly string[] {
  const statements = text.matchAll(/(?:^|;)[ \t]*(?:import|export)\b(?:[^'"`;=]*?\bfrom)?\s*(['"])([^'"\n]+)\1/gm)
  const calls = text.matchAll(/\bimport\s*\(\s*(?:(['"`])([^'"`$]+)\1)?/g)
  return [...statements, ...calls].map(([, , target = '?']) => (target.startsWith('.') ? posix.join(posix.dirname(path), target) : target))
}

function forbiddenImport(path: string, target: string, sources: Sources): string | undefined {
  const from = unitOf(path)
  const allowed = MAY_IMPORT.get(from)
  if (allowed === undefined) return `${path}: no rule says what ${from} may import`
  const says = `${path}: imports ${target}`
  if (sources.has(target)) {
    const to = unitOf(target)
    return to === from || allowed.includes(to) ? undefined : says
  }
  if (from === 'domain' || target === '?' || /^(?:\.|\/)/.test(target) || target.endsWith('.ts')) return says
  const home = HOMES.get(packageOf(target))
  return home === from || (home === undefined && target.startsWith('node:')) ? undefined : says
}

function unitOf(path: string): string {
  return (path.split('/')[0] ?? path).replace(/\.ts$/, '')
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function ambientIn(path: string, text: string): readonly string[] {
  const code = text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
  return AMBIENT.flatMap(([what, pattern, homes]) => (pattern.test(code) && !homes.includes(path) ? [`${path}: reaches for ${what}`] : []))
}

function tooLong(path: string, text: string): readonly string[] {
  const lines = text.split('\n').length - 1
  return lines > MAX_LINES ? [`${path}: has ${lines} lines`] : []
}

/** Each cycle once, from the file at which a walk in order of paths meets it. */
function cyclesIn(sources: Sources): readonly string[] {
  const cycles: string[] = []
  const done = new Set<string>()
  const walk = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' -> '))
    if (done.has(path) || way.includes(path)) return
    for (const target of importsOf(path, sources.get(path) ?? '')) if (sources.has(target)) walk(target, [...way, path])
    done.add(path)
  }
  for (const path of [...sources.keys()].sort()) walk(path, [])
  return cycles
}

function sourcesOfTheProgram(): Sources {
  const paths = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts'))
  return new Map(paths.map(path => [path.replaceAll('\\', '/'), readFileSync(`${root}/src/${path}`, 'utf8')]))
}

describe('the sources', () => {
  it('keep the rules of the house', () => expect(violationsIn(sourcesOfTheProgram())).toEqual([]))

  it('give every dependency one home', () => {
    const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { readonly dependencies: object }
    expect([...HOMES.keys()].filter(name => !name.startsWith('node:')).sort()).toEqual(Object.keys(dependencies).sort())
  })
})

describe('a violation of the rules', () => {
  const good: Sources = new Map([
    ['domain/feed.ts', 'export interface Feed {}\n'],
    ['html/text.ts', "import type { Feed } from '../domain/feed.ts'\nexport const textOf = (feed: Feed) => feed\n"],
    [
      'parse/atom.ts',
      "import { createHash } from 'node:crypto'\nimport Parser from 'rss-parser'\nimport { textOf } from '../html/text.ts'\n",
    ],
    ['match/judge.ts', "import type { Feed } from '../domain/feed.ts'\n"],
    ['pipeline.ts', "import { a } from './parse/atom.ts'\nimport { poll } from './pipeline/poll.ts'\n"],
    ['pipeline/poll.ts', "import { a } from '../match/judge.ts'\n"],
    ['app.ts', "import { p } from './pipeline.ts'\n// Date.now() is an argument here.\nconst then = new Date(0)\n"],
    ['cli/program.ts', "import { app } from '../app.ts'\nconst now = Date.now\n"],
    ['main.ts', "import { runProgram } from './cli/program.ts'\n"],
  ])

  it('is not seen where there is none', () => expect(violationsIn(good)).toEqual([]))

  const planted: readonly [name: string, path: string, text: string, violation: string][] = [
    ['a stage that imports a stage', 'match/x.ts', "import { a } from '../parse/atom.ts'\n", 'imports parse/atom.ts'],
    ['the same, of a type', 'match/x.ts', "import type { A } from '../parse/atom.ts'\n", 'imports parse/atom.ts'],
    ['the same, on several lines', 'match/x.ts', "import {\n  type A,\n  b,\n} from '../parse/atom.ts'\n", 'imports parse/atom.ts'],
    ['the same, for its effect', 'match/x.ts', "import '../parse/atom.ts'\n", 'imports parse/atom.ts'],
    ['the same, passed on', 'match/x.ts', "export { a } from '../parse/atom.ts'\n", 'imports parse/atom.ts'],
    ['the same, passed on whole', 'match/x.ts', "export * from '../parse/atom.ts'\n", 'imports parse/atom.ts'],
    ['the same, in a type', 'match/x.ts', "type A = import('../parse/atom.ts').A\n", 'imports parse/atom.ts'],
    ['the same, while it runs', 'match/x.ts', "const a = await import('../parse/atom.ts')\n", 'imports parse/atom.ts'],
    ['an import of who knows what', 'match/x.ts', 'const a = await import(name)\n', 'imports ?'],
    ['an import of a file outside src', 'match/x.ts', "import { a } from '../../test/a.ts'\n", 'imports ../test/a.ts'],
    ['a stage that imports the pipeline', 'match/x.ts', "import { p } from '../pipeline.ts'\n", 'imports pipeline.ts'],
    ['a stage that imports the log', 'match/x.ts', "import { pino } from 'pino'\n", 'imports pino'],
    ['domain that imports html', 'domain/x.ts', "import { textOf } from '../html/text.ts'\n", 'imports html/text.ts'],
    ['domain that imports of Node', 'domain/x.ts', "import { join } from 'node:path'\n", 'imports node:path'],
    ['html that imports a stage', 'html/x.ts', "import { a } from '../parse/atom.ts'\n", 'imports parse/atom.ts'],
    ['the pipeline that imports the app', 'pipeline/x.ts', "import { a } from '../app.ts'\n", 'imports app.ts'],
    ['the app that imports the command line', 'app/x.ts', "import { r } from '../cli/program.ts'\n", 'imports cli/program.ts'],
    ['main that goes past the command line', 'main/x.ts', "import { a } from '../app.ts'\n", 'imports app.ts'],
    ['a package away from its home', 'match/x.ts', "import { Feed } from 'feed'\n", 'imports feed'],
    ['a part of a package away from its home', 'match/x.ts', "import { Migrator } from 'kysely/migration'\n", 'imports kysely/migration'],
    ['a package without a home', 'parse/x.ts', "import _ from 'lodash'\n", 'imports lodash'],
    ['the database away from the store', 'match/x.ts', "import { DatabaseSync } from 'node:sqlite'\n", 'imports node:sqlite'],
    ['a folder without a rule', 'services/x.ts', "import { join } from 'node:path'\n", 'no rule says what services may import'],
    ['the environment read elsewhere', 'match/x.ts', 'const home = process.env.HOME\n', 'reaches for the environment'],
    ['the same, by index', 'match/x.ts', "const home = process['env']\n", 'reaches for the environment'],
    ['the same, taken apart', 'match/x.ts', 'const { argv, env } = process\n', 'reaches for the environment'],
    ['the same, imported', 'match/x.ts', "import { env } from 'node:process'\n", 'reaches for the environment'],
    ['the clock read elsewhere', 'match/x.ts', 'const now = Date.now()\n', 'reaches for the clock'],
    ['the same, as a date', 'match/x.ts', 'const now = new Date()\n', 'reaches for the clock'],
    ['the same, without brackets', 'match/x.ts', 'const now = new Date\n', 'reaches for the clock'],
    ['chance elsewhere', 'match/x.ts', 'const chance = Math.random()\n', 'reaches for chance'],
    ['the same, for secrets', 'match/x.ts', "import { randomBytes } from 'node:crypto'\n", 'reaches for chance'],
    ['a server elsewhere', 'match/x.ts', "import { createServer } from 'node:http'\n", 'reaches for a server'],
    ['an end without order', 'match/x.ts', 'process.exit(1)\n', 'reaches for the end of the process'],
    ['a module by way of require', 'match/x.ts', "const fs = require('node:fs')\n", 'reaches for a module by another way than import'],
    ['a default export', 'match/x.ts', 'export default function x() {}\n', 'has a default export'],
    ['the same, renamed', 'match/x.ts', 'const x = 1\nexport { x as default }\n', 'has a default export'],
    ['a file that fits anything', 'match/utils.ts', 'export const x = 1\n', 'has a name that says nothing'],
    ['a barrel', 'match/index.ts', 'export const x = 1\n', 'has a name that says nothing'],
    ['a folder that fits anything', 'match/common/x.ts', 'export const x = 1\n', 'has a name that says nothing'],
    ['a long file', 'match/x.ts', '\n'.repeat(301), 'has 301 lines'],
  ]
  for (const [name, path, text, violation] of planted) {
    it(`is found: ${name}`, () => expect(violationsIn(new Map([...good, [path, text]]))).toEqual([`${path}: ${violation}`]))
  }

  it('is found: a cycle, of types alone', () => {
    const cycle: Sources = new Map([
      ['match/a.ts', "import type { B } from './b.ts'\n"],
      ['match/b.ts', "import { type C } from './c.ts'\n"],
      ['match/c.ts', "export type { A } from './a.ts'\n"],
    ])
    expect(violationsIn(new Map([...good, ...cycle]))).toEqual(['match/a.ts -> match/b.ts -> match/c.ts -> match/a.ts'])
  })

  it('is not seen in sample texts that look like code, but is in what they import', () => {
    const samples: Sources = new Map([
      ['demo/samples/posts.ts', `export const POST = '<script>Math.random()</script>'\n${'\n'.repeat(400)}`],
      ['demo/samples/a.ts', "import { a } from '../../parse/atom.ts'\n"],
    ])
    expect(violationsIn(new Map([...good, ...samples]))).toEqual(['demo/samples/a.ts: imports parse/atom.ts'])
  })
})
