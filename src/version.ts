import { readFileSync } from 'node:fs'

/** The program's version and home page, from the package file that lies one folder up in the sources and in a build. */
export const PACKAGE: { readonly version: string; readonly homepage?: string } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)
