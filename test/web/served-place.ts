import type { ServedPlace } from '../../src/web/server.ts'

/** What files that are served have in common. */
export const SITE = { url: 'https://feeds.example.jp/', language: 'ja', hubs: [], maxAgeS: 300 } as const

/** A place to serve from. */
export function servedPlace(folder: string, changes: Partial<ServedPlace> = {}): ServedPlace {
  return { folder, basePath: '/', site: SITE, formerSlugs: new Map(), ...changes }
}
