import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openStore, type Store } from '../../src/store/store.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

/** A database that the store's contract holds for. */
export interface Database {
  readonly name: string
  /** Makes an empty database and gives what opens it, as often as is wanted; every call is a connection of its own. */
  readonly create: () => Promise<() => Promise<Store>>
}

/** Every database the store runs on. */
export const DATABASES: readonly Database[] = [
  {
    name: 'SQLite',
    create: async () => {
      const file = join(await temporaryFolder(), `${randomUUID()}.db`)
      return () => openStore(file)
    },
  },
]
