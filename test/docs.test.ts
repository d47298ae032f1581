import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { EXIT } from '../src/cli/exit-codes.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const READMES = ['README.md', 'README.ja.md'] as const

/** The text of a file below the root; empty where there is none. */
function textOf(path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
}

async function help(...command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'src/main.ts'), ...command, '--help'])
  return stdout
}

function commandsIn(programHelp: string): readonly string[] {
  const [, list = ''] = programHelp.split(/^Commands:$/m)
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name)
}

function optionsIn(commandHelp: string): readonly string[] {
  return [...commandHelp.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option)
}

/** The command lines a README lists in tables (`once --all`), without the names of their arguments. */
function commandLinesIn(readme: string, commands: readonly string[]): readonly string[] {
  const spans = [...readme.matchAll(/^\|\s*`([^`|]+)`/gm)].map(([, span = '']) => span.replace(/\s*<[^>]*>/g, ''))
  return spans.filter(span => commands.includes(span.split(' ')[0] ?? '')).sort()
}

/** The exit codes a README lists in a table. */
function exitCodesIn(readme: string): readonly number[] {
  return [...readme.matchAll(/^\|\s*`?(\d+)`?\s*\|/gm)].map(([, code]) => Number(code)).sort((a, b) => a - b)
}

const commands = commandsIn(await help())
const options = new Map(
  await Promise.all(commands.filter(name => name !== 'help').map(async name => [name, optionsIn(await help(name))] as const)),
)

describe('the command line', () => {
  it('has commands with options to document', () => {
    expect(commands).toEqual(expect.arrayContaining(['run', 'once', 'check', 'status', 'explain', 'demo', 'help']))
    expect(options.get('once')).toEqual(expect.arrayContaining(['--config', '--json', '--all', '--accept-shrink']))
  })

  for (const readme of READMES) {
    for (const name of commands) {
      it(`is documented in ${readme}: ${name}`, () => {
        const text = textOf(readme)
        expect(text).toMatch(new RegExp(`\`${name}[ \`]`))
        for (const option of options.get(name) ?? []) expect(text).toMatch(new RegExp(`${option}(?![\\w-])`))
      })
    }
  }

  it('is the same in both languages', () => {
    const [english, japanese] = READMES.map(readme => commandLinesIn(textOf(readme), commands))
    expect(japanese).toEqual(english)
    expect(english).not.toEqual([])
  })

  for (const readme of READMES) {
    it(`has its exit codes in ${readme}`, () => {
      const launcher = Number(/process\.exitCode = (\d+)/.exec(textOf('src/launcher.ts'))?.[1])
      expect(exitCodesIn(textOf(readme))).toEqual([...Object.values(EXIT), launcher].sort((a, b) => a - b))
    })
  }
})

const documents = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter(file => file.isFile() && file.name.endsWith('.md'))
  .map(file => relative(root, join(file.parentPath, file.name)))
  .filter(path => !/^(?:node_modules|dist|coverage|\.git)\/|\.kakehashi/.test(path))

describe('every document', () => {
  it('is looked at', () =>
    expect(documents).toEqual(expect.arrayContaining([...READMES, 'CHANGELOG.md', 'config/README.md', 'src/README.md'])))

  const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
  for (const document of documents) {
    it(`names npm scripts that there are: ${document}`, () => {
      const named = [...textOf(document).matchAll(/\bnpm (?:run (?:--\w+ )*([\w:-]+)|(test|start)\b)/g)].map(
        ([, run, short]) => run ?? short ?? '',
      )
      expect(named.filter(name => !Object.hasOwn(scripts, name))).toEqual([])
    })

    it(`links to what there is: ${document}`, () => {
      expect(linksIn(textOf(document)).filter(link => !leadsSomewhere(document, link))).toEqual([])
    })
  }
})

describe('a link that leads nowhere', () => {
  const links: readonly [link: string, isGood: boolean][] = [
    ['README.ja.md', true],
    ['config/README.md#secrets', true],
    ['config', true],
    ['NOWHERE.md', false],
    ['config/README.md#nowhere', false],
    ['#nowhere', false],
  ]
  for (const [link, isGood] of links) {
    it(`is ${isGood ? 'not seen in' : 'found:'} ${link}`, () => expect(leadsSomewhere('README.md', link)).toBe(isGood))
  }

  it('is not looked for in code, nor on the web', () => {
    expect(linksIn('[a](a.md) `[b](b.md)` ![c](c.png)\n```\n[d](d.md)\n```\n[e](https://e.example/) [f](#f)\n')).toEqual([
      'a.md',
      'c.png',
      '#f',
    ])
  })
})

function linksIn(markdown: string): readonly string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, link = '']) => link).filter(link => !/^[a-z][a-z0-9+.-]*:/i.test(link))
}

function leadsSomewhere(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#').map(decodeURIComponent)
  const target = path === '' ? document : join(dirname(document), path)
  return existsSync(join(root, target)) && (anchor === undefined || anchorsIn(textOf(target)).includes(anchor))
}

/** The anchors of a document's headings as code hosts make them: lower case, hyphens for spaces, no punctuation. */
function anchorsIn(markdown: string): readonly string[] {
  const headings = [...markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)
  return headings.map(heading =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
}
