import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where a test's program keeps its things, absolute. */
export interface SampleConfig {
  /** For `--config`. */
  readonly folder: string
  readonly sourcesFile: string
  readonly publicFolder: string
  readonly storeFile: string
}

/**
 * Writes a config below `folder`, with state and output beside it and any free port to serve on.
 *
 * @param config.sources YAML of `sources.yaml`
 * @param config.allowHosts `host:port` on loopback that may be polled
 * @param config.polling further YAML lines of the `polling` group, without indentation
 * @param config.matching further keys of the `matching` group; whatever dictionary the machine has is not used
 */
export async function writeConfig(
  folder: string,
  config: {
    readonly sources: string
    readonly allowHosts: readonly string[]
    readonly polling?: readonly string[]
    readonly matching?: readonly string[]
    readonly limit?: number
  },
): Promise<SampleConfig> {
  const { sources, allowHosts, polling = [], matching = [], limit = 50 } = config
  const configFolder = join(folder, 'config')
  await mkdir(configFolder, { recursive: true })
  const service = `site:
  title: 対訳帖
  url: https://feeds.example.jp/
  id: tag:example.jp,2026:kakehashi
server: { port: 0 }
store: { file: ../state.db }
publish: { folder: ../public, limit: ${limit} }
matching: { ${['dictionary: none', ...matching].join(', ')} }
polling:
  allow_hosts: [${allowHosts.map(host => `"${host}"`).join(', ')}]
${polling.map(line => `  ${line}\n`).join('')}`
  const sourcesFile = join(configFolder, 'sources.yaml')
  await writeFile(join(configFolder, 'kakehashi.yaml'), service)
  await writeFile(sourcesFile, sources)
  return { folder: configFolder, sourcesFile, publicFolder: join(folder, 'public'), storeFile: join(folder, 'state.db') }
}
