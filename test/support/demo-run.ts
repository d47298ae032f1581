import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from './local-feeds.ts'
import { type CliProcess, type CliResult, launchCli, runCli } from './run-cli.ts'
import { temporaryFolder } from './temp-folder.ts'

/** A folder the demo runs in, with ports of its own, so that several demos can run at once. */
export interface DemoFolder {
  readonly folder: string
  readonly publicFolder: string
  readonly config: string
  readonly ports: { readonly origin: number; readonly site: number }
}

/** Prepares an empty folder for the demo. */
export async function demoFolder(): Promise<DemoFolder> {
  const folder = await temporaryFolder()
  const state = join(folder, '.kakehashi-demo')
  const ports = { origin: await freePort(), site: await freePort() }
  await mkdir(state)
  await writeFile(join(state, 'ports.json'), JSON.stringify(ports))
  return { folder, publicFolder: join(state, 'public'), config: join(state, 'config'), ports }
}

/** Runs `demo --once`. */
export function runDemoOnce({ folder }: DemoFolder, ...options: readonly string[]): Promise<CliResult> {
  return runCli(['demo', '--once', ...options], folder)
}

/** Starts `demo` and gives the address of its site once it serves; it is killed at the end of the test file. */
export async function serveDemo({ folder }: DemoFolder): Promise<CliProcess & { readonly address: string }> {
  const demo = launchCli(['demo'], folder)
  const line = await demo.printed(text => text.startsWith('The site is at '))
  return { ...demo, address: line.split(/[ ,]/)[4] ?? '' }
}
