import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { configJsonSchema } from '../../src/config/schema.ts'

const repository = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, repository), 'utf8')

interface SchemaNode {
  readonly type?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly items?: SchemaNode
  readonly description?: string
}

interface Key {
  readonly path: string
  readonly node: SchemaNode
  readonly isRequired: boolean
}

/** Every key of the schema with its path as config/README.md writes it, groups before what is in them. */
function keysOf(node: SchemaNode, path = ''): readonly Key[] {
  if (node.items?.properties !== undefined) return keysOf(node.items, `${path}[]`)
  const given = Object.keys(node.default ?? {})
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const own = path === '' ? name : `${path}.${name}`
    const isRequired = (node.required?.includes(name) ?? false) && !given.includes(name)
    return [{ path: own, node: child, isRequired }, ...keysOf(child, own)]
  })
}

function isGroup({ node }: Key): boolean {
  return node.properties !== undefined || node.items?.properties !== undefined
}

/** A default as it is written in YAML on one line. */
function yamlOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`
  return String(value)
}

const schema = JSON.parse(configJsonSchema()) as SchemaNode
const keys = keysOf(schema)

describe('configJsonSchema', () => {
  it('is what lies in config/schema.json (`npm run schema` writes it)', () => {
    expect(read('config/schema.json')).toBe(configJsonSchema())
  })

  it('says something about every key', () => {
    expect(keys.filter(({ node }) => !node.description).map(({ path }) => path)).toEqual([])
    expect(keys.length).toBeGreaterThan(60)
  })

  it('requires nothing at the top, so that a file may hold any part', () => expect(schema.required ?? []).toEqual([]))
})

describe('config/README.md', () => {
  const rows = new Map(
    read('config/README.md')
      .split('\n')
      .map(line => line.split(/(?<!\\)\|/).slice(1, -1))
      .filter(cells => cells.length === 4 && cells[0]?.startsWith(' `'))
      .map(cells => cells.map(cell => cell.trim()))
      .map(([key = '', ...rest]) => [key.replaceAll('`', ''), rest] as const),
  )

  for (const key of keys.filter(key => !isGroup(key))) {
    it(`gives ${key.path} a meaning, a form and its default`, () => {
      const [meaning, form, fallback] = rows.get(key.path) ?? []
      expect(meaning).toBeTruthy()
      expect(form).toBeTruthy()
      if (key.isRequired) expect(fallback).toBe('required')
      else if (key.node.default !== undefined) expect(fallback).toBe(`\`${yamlOf(key.node.default)}\``)
      else expect(fallback).toMatch(/\S/)
    })
  }

  it('names no key there is not', () => {
    const known = new Set(keys.map(({ path }) => path))
    expect([...rows.keys()].filter(path => !known.has(path))).toEqual([])
  })
})
