import type { Person } from '../domain/feed.ts'
import { decodeReferences } from './character-references.ts'
import { childrenOf, childText, type FeedNode, textOf } from './feed-node.ts'
import { childAddress, elementPlace, type Place } from './place.ts'

const EMAIL = /[^\s()<>,;:"@]{1,64}@[^\s()<>,;:"@]{1,190}\.[^\s()<>,;:"@.]{2,24}/

/** Enough for any list of authors; papers in physics have more, and nobody reads those. */
const MAX_PERSONS = 100

/** The persons a feed or entry names in elements of these names: each once, in document order. */
export function personsOf(node: FeedNode, place: Place, ...names: readonly string[]): readonly Person[] {
  const persons: Person[] = []
  for (const name of names) {
    for (const child of childrenOf(node, name).slice(0, MAX_PERSONS)) {
      const person = personOf(child, place)
      if (person !== undefined && !persons.some(known => isSame(known, person))) persons.push(person)
    }
  }
  return persons
}

function personOf(node: FeedNode, outer: Place): Person | undefined {
  const name = childText(node, 'f.name', 'atom.name')
  const email = childText(node, 'f.email', 'atom.email')
  const uri = childAddress(node, elementPlace(node, outer), 'f.uri', 'f.url', 'f.homepage', 'atom.uri')
  if (name === undefined && email === undefined && uri === undefined) return namedPerson(textOf(node))
  return {
    name: decodeReferences(name ?? email ?? uri ?? ''),
    ...(uri === undefined ? {} : { uri }),
    ...(email === undefined ? {} : { email }),
  }
}

/** Reads `a@b.example (Name)`, `Name <a@b.example>`, `Name (a@b.example)` and bare names. */
export function namedPerson(text: string | undefined): Person | undefined {
  if (text === undefined || text.length > 500) return undefined
  const line = decodeReferences(text).replace(/\s+/g, ' ').trim()
  const email = EMAIL.exec(line)?.[0].replace(/^mailto:/i, '')
  if (email === undefined) return line === '' ? undefined : { name: line }
  const name = line
    .replace(EMAIL, ' ')
    .replace(/[()<>[\]]|\bmailto:/gi, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:"-]+|[\s,;:"-]+$/g, '')
  return { name: name === '' ? email : name, email }
}

function isSame(a: Person, b: Person): boolean {
  return a.name === b.name && (a.email === undefined || b.email === undefined || a.email === b.email)
}
