import { readFile } from 'node:fs/promises'
import type { CommandContext } from '../../src/cli/command.ts'
import { openLog } from '../../src/log.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

/** 2026-07-01, eight in the evening in London, already the next day in Japan. */
export const EVENING = Date.UTC(2026, 6, 1, 20)

/** A config folder of a test, and a way to run commands on it. */
export interface Workplace {
  readonly config: SampleConfig
  /** What `sources.yaml` says now. */
  readonly sources: () => Promise<string>
  /** Runs a command; what it printed and noted is given back with its exit code. */
  readonly run: (command: (context: CommandContext) => Promise<number>, options?: { readonly isJson?: boolean }) => Promise<Ran>
}

export interface Ran {
  readonly exit: number
  readonly printed: string
  readonly noted: string
}

/** Makes a workplace; `secrets` are what its environment holds. */
export async function workplace(
  sources: string,
  { allowHosts = [], secrets = {} }: { readonly allowHosts?: readonly string[]; readonly secrets?: Readonly<Record<string, string>> } = {},
): Promise<Workplace> {
  const config = await writeConfig(await temporaryFolder(), { sources, allowHosts })
  return {
    config,
    sources: () => readFile(config.sourcesFile, 'utf8'),
    run: async (command, { isJson = false } = {}) => {
      const [printed, noted]: [string[], string[]] = [[], []]
      const exit = await command({
        configFolder: config.folder,
        isJson,
        terminal: { print: text => printed.push(text), note: text => noted.push(text), progress: () => {}, endProgress: () => {} },
        environment: { isPlain: true, secret: name => secrets[name] },
        openLog,
        now: () => EVENING,
        random: () => 0.5,
        signal: new AbortController().signal,
      })
      return { exit, printed: printed.join('\n'), noted: noted.join('\n') }
    },
  }
}
