// Polls 1000 feeds of 50 hosts three times (cold, unchanged, 5 % new) with the built program and with the forty lines a
// user would write instead, on one core each for client and origin, state on tmpfs, and prints what each cost.
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const SHARED = join(PROJECT, '../shared/bench')
const CONTROL = 'http://127.0.0.1:8480/control'
const [FEEDS, HOSTS, LATENCY, JITTER] = [1000, 50, 50, 20]
const [ORIGIN_CORE, CLIENT_CORE] = ['0', '1']

interface Measured {
  readonly label: string
  readonly wall_s: number
  readonly cpu_s: number
  readonly rss_mb: number
  readonly req: number
  readonly s200: number
  readonly s304: number
  readonly cond: number
  readonly KB: number
  readonly dup: number
  readonly maxPerHost: number
}

if (existsSync(SHARED)) await main()
else console.log(`skipped: the shared benchmark is not there (${SHARED})`)

async function main(): Promise<void> {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: PROJECT, stdio: ['ignore', 'ignore', 'inherit'] })
  const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'kakehashi-bench-'))
  const origin = spawn('taskset', ['-c', ORIGIN_CORE, process.execPath, join(SHARED, 'origin.mjs'), ...originOptions()], {
    stdio: 'ignore',
  })
  try {
    const urls = await feedUrls()
    const ours = prepareOurs(work, urls)
    const naive = prepareNaive(work, urls)
    const rows: Measured[] = []
    for (const [name, command] of [
      ['naive', naive],
      ['kakehashi', ours],
    ] as const) {
      await control('rewind')
      rows.push(measure(`${name} cold`, command))
      rows.push(measure(`${name} unchanged`, command))
      await control(`publish?feeds=${FEEDS / 20}&items=1`)
      rows.push(measure(`${name} 5% new`, command))
    }
    print(rows)
  } finally {
    origin.kill('SIGKILL')
    rmSync(work, { recursive: true, force: true })
  }
}

function originOptions(): string[] {
  return ['--feeds', `${FEEDS}`, '--hosts', `${HOSTS}`, '--latency', `${LATENCY}`, '--jitter', `${JITTER}`]
}

async function control(path: string): Promise<string> {
  return (await fetch(`${CONTROL}/${path}`)).text()
}

async function feedUrls(): Promise<readonly string[]> {
  for (let tries = 0; ; tries++) {
    try {
      return (await control('urls')).trim().split('\n')
    } catch (error) {
      if (tries === 120) throw error
      await new Promise(resolve => setTimeout(resolve, 250))
    }
  }
}

function prepareOurs(work: string, urls: readonly string[]): readonly string[] {
  const config = join(work, 'config')
  mkdirSync(config)
  const byHost = Map.groupBy(urls, url => new URL(url).host)
  const outlets = [...byHost].map(([host, feeds], index) => {
    const sources = feeds.map(url => `      - url: ${url}`).join('\n')
    return `  - id: outlet-${index}\n    name: Outlet ${index}\n    hosts: ["${new URL(`http://${host}`).hostname}"]\n    sources:\n${sources}`
  })
  writeFileSync(
    join(config, 'sources.yaml'),
    `outlets:\n${outlets.join('\n')}\nfeeds:\n  - slug: planet\n    include: all\n    limit: 100\n`,
  )
  const hosts = [...byHost.keys()].map(host => JSON.stringify(host)).join(', ')
  writeFileSync(join(config, 'kakehashi.yaml'), `polling: { allow_hosts: [${hosts}] }\n`)
  return [join(PROJECT, 'dist/launcher.js'), 'once', '--all', '--config', config]
}

function prepareNaive(work: string, urls: readonly string[]): readonly string[] {
  // It resolves its packages from where it lies, so it is run from within node_modules.
  const script = join(PROJECT, 'node_modules/.cache/kakehashi-bench/naive.mjs')
  mkdirSync(join(script, '..'), { recursive: true })
  copyFileSync(join(SHARED, 'naive.mjs'), script)
  const list = join(work, 'urls.txt')
  const out = join(work, 'naive')
  mkdirSync(out)
  writeFileSync(list, `${urls.join('\n')}\n`)
  return [process.execPath, script, list, out, '32']
}

function measure(label: string, command: readonly string[]): Measured {
  const options = ['--label', label, '--cpu', CLIENT_CORE, '--timeout', '300', '--', ...command]
  const output = execFileSync(process.execPath, [join(SHARED, 'measure.mjs'), ...options], { encoding: 'utf8', maxBuffer: 1e8 })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Measured
}

function print(rows: readonly Measured[]): void {
  const baseline = new Map(rows.filter(({ label }) => label.startsWith('naive')).map(row => [row.label.replace('naive ', ''), row]))
  const lines = rows.map(row => {
    const base = baseline.get(row.label.replace(/^\w+ /, ''))
    const ratio = base === undefined ? '' : (row.cpu_s / base.cpu_s).toFixed(2)
    const counts = [row.req, row.s200, row.s304, row.cond, row.dup, row.maxPerHost, row.KB]
    return [row.label.padEnd(22), row.wall_s.toFixed(2), row.cpu_s.toFixed(2), ratio, String(row.rss_mb), ...counts.map(String)].join('\t')
  })
  console.log(
    ['run                   ', 'wall s', 'CPU s', '× naive', 'RSS MB', 'req', '200', '304', 'cond', 'dup', '/host', 'KB'].join('\t'),
  )
  console.log(lines.join('\n'))
}
