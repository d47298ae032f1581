import { existsSync } from 'node:fs'

/** What to say while there is no state file; undefined once there is. Commands that only look must not make one. */
export function nothingPolledYet(storeFile: string): string | undefined {
  return existsSync(storeFile) ? undefined : `nothing has been polled yet: ${storeFile} does not exist`
}
