import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type App, openApp } from '../app.ts'
import { startSite } from '../daemon/start-site.ts'
import { demoServiceConfig, demoSources } from '../demo/demo-config.ts'
import { type Origin, startOrigin } from '../demo/origin.ts'
import { samplePairs } from '../demo/samples/addresses.ts'
import { AppError } from '../domain/app-error.ts'
import type { CycleReport } from '../pipeline.ts'
import type { RunningServer } from '../web/server.ts'
import type { CommandContext } from './command.ts'
import { cycleJson, describeCycle, isWholeSuccess } from './cycle-summary.ts'
import { EXIT } from './exit-codes.ts'
import { ended } from './run.ts'

const FOLDER = '.kakehashi-demo'
// Unassigned at IANA. A port in use is passed over; the one taken is remembered, as addresses in the feeds contain it.
const FIRST_PORTS = { origin: 8931, site: 8930 }

/**
 * `kakehashi demo`: serves sample outlets and a sample blog on loopback, runs a cycle over them, and shows the site.
 * State and output stay in `.kakehashi-demo/` in the current folder. Gives the exit code.
 */
export async function demo(context: CommandContext, options: { readonly once: boolean }): Promise<number> {
  const { terminal, isJson } = context
  const folder = resolve(FOLDER)
  const ports = await rememberedPorts(folder)
  const origin = await originOn(ports.origin)
  try {
    const configFolder = await writeConfig(folder, { origin: origin.port, site: ports.site })
    await using app = await openApp(configFolder, context)
    const site = options.once ? undefined : await serveSite(app, context, port => writeConfig(folder, { origin: origin.port, site: port }))
    try {
      const report = await showCycle(app, origin, site?.address, context)
      if (site !== undefined) {
        const say = isJson ? terminal.note : terminal.print
        say(`\nThe site is at ${site.address}, its sample sources at http://127.0.0.1:${origin.port}/. Press Ctrl+C to end.`)
        await ended(context.signal)
      }
      return isWholeSuccess(report) ? EXIT.ok : EXIT.partial
    } finally {
      await site?.close()
    }
  } finally {
    await origin.close()
  }
}

/** Serves on the configured port, or else on a free one that is then the configured one: the feeds contain their address. */
async function serveSite(app: App, context: CommandContext, remember: (port: number) => Promise<unknown>): Promise<RunningServer> {
  const world = { log: await context.openLog('silent'), now: context.now }
  try {
    return await startSite(app, world)
  } catch (error) {
    if (!isPortTaken(error)) throw error
  }
  const onAnyPort = () => ({ ...app.config(), server: { ...app.config().server, port: 0 } })
  const site = await startSite({ ...app, config: onAnyPort }, world)
  await remember(site.port)
  await app.reload()
  return site
}

async function showCycle(app: App, origin: Origin, address: string | undefined, context: CommandContext): Promise<CycleReport> {
  const { terminal, isJson, signal } = context
  const cycle = app.cycle({ which: 'all', signal, onPoll: (_, { done, of }) => terminal.progress('polling', done, of) })
  const report = await cycle.finally(terminal.endProgress)
  const counts = await app.store.matches.counts()
  const output = join(FOLDER, 'public')
  const places = { origin: origin.counters(), output, ...(address === undefined ? {} : { address }) }
  terminal.print(
    isJson
      ? JSON.stringify({ ...(cycleJson(report, counts) as object), ...places })
      : `${describeCycle(report, counts)}\nThe feeds are in ${join(output, 'feeds')}, the config they are made from in ${join(FOLDER, 'config')}.`,
  )
  return report
}

interface Ports {
  readonly origin: number
  readonly site: number
}

async function rememberedPorts(folder: string): Promise<Ports> {
  const text = await readFile(join(folder, 'ports.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return FIRST_PORTS
  try {
    const { origin, site } = JSON.parse(text) as Partial<Ports>
    return { origin: Number(origin) || FIRST_PORTS.origin, site: Number(site) || FIRST_PORTS.site }
  } catch {
    return FIRST_PORTS
  }
}

async function originOn(port: number): Promise<Origin> {
  try {
    return await startOrigin({ port })
  } catch (error) {
    if (!isPortTaken(error)) throw error
    return startOrigin({ port: 0 })
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === 'address-in-use'
}

async function writeConfig(folder: string, ports: Ports): Promise<string> {
  const config = join(folder, 'config')
  await mkdir(config, { recursive: true })
  await writeFile(join(folder, 'ports.json'), `${JSON.stringify(ports)}\n`)
  await writeFile(join(config, 'kakehashi.yaml'), demoServiceConfig(ports))
  await writeFile(join(config, 'sources.yaml'), demoSources(ports.origin))
  await writeFile(join(config, 'pairs.csv'), samplePairs(ports.origin))
  return config
}
