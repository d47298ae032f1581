import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { publishDocuments } from '../../src/publish/publish-documents.ts'
import { fileHeaders } from '../../src/web/response-headers.ts'
import { startServer } from '../../src/web/server.ts'
import { atomEntry, atomFeed } from '../publish/samples.ts'
import { SITE, servedPlace } from '../web/served-place.ts'

/**
 * Measures how fast the published folder is served, against a bare node:http handler and nginx, each on one core, the
 * load on another: a conditional request answered 304, and a feed sent gzipped. What is compared is answers a second and,
 * since others may share the machine, CPU time for each answer. Memory is watched under load for as long as `--minutes` says.
 *
 * Usage: node test/bench/serve.ts [--seconds 3] [--rounds 3] [--minutes 0.2] [--nginx <file>]
 */
const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '0.2' },
    nginx: { type: 'string' },
    serve: { type: 'string' },
    folder: { type: 'string', default: '' },
  },
})

const FEED = 'feeds/bench.atom'
const CONNECTIONS = 32
const SELF = fileURLToPath(import.meta.url)
const hasTaskset = existsSync('/usr/bin/taskset') && availableParallelism() > 1

interface Server {
  readonly name: string
  readonly port: number
  /** Whose CPU time and memory counts. */
  readonly pid: number
  readonly stop: () => Promise<void>
}

interface Measured {
  readonly perSecond: number
  readonly cpuUs: number
}

if (options.serve === undefined) await measureAll()
else await serve(options.serve, options.folder)

async function measureAll(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kakehashi-bench-'))
  if (hasTaskset) execFileSync('taskset', ['-pc', '1', String(process.pid)], { stdio: 'ignore' })
  else console.log('not pinned to cores: that takes taskset and two of them')
  try {
    await publishDocuments(folder, [{ path: FEED, kind: 'atom', text: sampleFeed() }], { allowShrink: true, now: Date.now })
    console.log(`a feed of ${readFileSync(join(folder, FEED)).length} bytes, ${readFileSync(join(folder, `${FEED}.gz`)).length} gzipped\n`)
    const servers = [await child('kakehashi', folder), await child('bare', folder), ...(await nginx(folder))]
    try {
      for (const kind of ['304', 'gzip'] as const) await compare(kind, servers)
      const [own] = servers
      if (own !== undefined) await watchMemory(own)
    } finally {
      for (const server of servers) await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Some 110 kB that shrink to a third or so, as feeds of Japanese texts do. */
function sampleFeed(): string {
  let seed = 1
  const character = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return String.fromCharCode(0x4e00 + (seed % 400))
  }
  const text = () => Array.from({ length: 600 }, character).join('')
  const entries = Array.from({ length: 50 }, (_, index) =>
    atomEntry(`urn:${index}`).replace('</entry>', `<summary>${text()}</summary></entry>`),
  )
  return atomFeed(entries.join(''))
}

/** In turns, so that what others do on the machine meets all alike; the best round of each counts. */
async function compare(kind: '304' | 'gzip', servers: readonly Server[]): Promise<void> {
  const best = new Map<string, Measured>()
  for (const server of servers) await load(server, kind, 1)
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const server of servers) {
      const measured = await load(server, kind, Number(options.seconds))
      const before = best.get(server.name) ?? { perSecond: 0, cpuUs: Number.POSITIVE_INFINITY }
      best.set(server.name, { perSecond: Math.max(before.perSecond, measured.perSecond), cpuUs: Math.min(before.cpuUs, measured.cpuUs) })
    }
  }
  const own = best.get('kakehashi')
  for (const [name, { perSecond, cpuUs }] of best) {
    const ratios =
      own === undefined
        ? ''
        : `kakehashi has ${(own.perSecond / perSecond).toFixed(2)} of its rate, ${(cpuUs / own.cpuUs).toFixed(2)} by CPU`
    console.log(`${kind.padEnd(5)} ${name.padEnd(10)} ${Math.round(perSecond)} answers/s  ${cpuUs.toFixed(1)} µs of CPU each  ${ratios}`)
  }
}

/** Asks over several connections, each the next time its answer is whole; all answers have one length. */
async function load(server: Server, kind: '304' | 'gzip', seconds: number): Promise<Measured> {
  const etag = kind === '304' ? await etagOf(server) : undefined
  const condition = etag === undefined ? '' : `If-None-Match: ${etag}\r\n`
  const request = Buffer.from(`GET /${FEED} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n${condition}\r\n`)
  const length = await lengthOfAnswer(server.port, request)
  let answers = 0
  const until = performance.now() + seconds * 1000
  const cpuBefore = cpuSeconds(server.pid)
  const startedAt = performance.now()
  await Promise.all(
    Array.from(
      { length: CONNECTIONS },
      () =>
        new Promise<void>((resolve, reject) => {
          let left = length
          const socket = connect(server.port, '127.0.0.1', () => socket.write(request))
          socket.on('data', chunk => {
            left -= chunk.length
            if (left > 0) return
            answers++
            left = length
            if (performance.now() < until) socket.write(request)
            else socket.end()
          })
          socket.on('close', () => resolve()).on('error', reject)
        }),
    ),
  )
  const elapsed = (performance.now() - startedAt) / 1000
  return { perSecond: answers / elapsed, cpuUs: ((cpuSeconds(server.pid) - cpuBefore) / answers) * 1e6 }
}

async function etagOf({ port }: Server): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/${FEED}`, { headers: { 'accept-encoding': 'gzip' } })
  await response.arrayBuffer()
  return response.headers.get('etag') ?? ''
}

function lengthOfAnswer(port: number, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let length = 0
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('data', chunk => {
      length += chunk.length
    })
    socket.on('error', reject)
    setTimeout(() => {
      socket.destroy()
      resolve(length)
    }, 200)
  })
}

/** Watches what the server takes up while it answers both kinds of requests. */
async function watchMemory(server: Server): Promise<void> {
  const until = performance.now() + Number(options.minutes) * 60_000
  const sizes: number[] = []
  let answers = 0
  while (performance.now() < until) {
    for (const kind of ['304', 'gzip'] as const) answers += Math.round((await load(server, kind, 2)).perSecond * 2)
    sizes.push(residentMegabytes(server.pid))
  }
  const half = sizes.slice(Math.floor(sizes.length / 2))
  const show = (megabytes: number) => megabytes.toFixed(1)
  console.log(
    `\nmemory over ${options.minutes} min and about ${answers} answers: ${show(sizes[0] ?? 0)} MB at first, ` +
      `${show(Math.min(...half))} to ${show(Math.max(...half))} MB in the second half, ${show(sizes.at(-1) ?? 0)} MB at last`,
  )
}

async function child(name: 'kakehashi' | 'bare', folder: string): Promise<Server> {
  const command = [...(hasTaskset ? ['taskset', '-c', '0'] : []), process.execPath, '--max-semi-space-size=4', SELF]
  const [program = '', ...args] = [...command, '--serve', name, '--folder', folder]
  const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>(resolve => started.stdout.once('data', text => resolve(Number(text))))
  return stoppable(name, port, started)
}

function stoppable(name: string, port: number, started: ReturnType<typeof spawn>, pid = started.pid ?? 0): Server {
  return {
    ...{ name, port, pid },
    stop: async () => {
      const ended = new Promise(resolve => started.once('exit', resolve))
      started.kill('SIGTERM')
      await ended
    },
  }
}

async function serve(name: string, folder: string): Promise<void> {
  const place = servedPlace(folder)
  const messagePage = (kind: string) => kind
  const { port } =
    name === 'bare' ? await bare(folder) : await startServer({ host: '127.0.0.1', port: 0, now: Date.now, place: () => place, messagePage })
  console.log(port)
  process.once('SIGTERM', () => process.exit(0))
}

/** The least that node:http can do: one document in memory, one comparison. The answers are the same, byte for byte. */
async function bare(folder: string): Promise<AddressInfo> {
  const bytes = readFileSync(join(folder, `${FEED}.gz`))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}-gzip"`
  const form = { etag, contentEncoding: 'gzip', length: bytes.length, modifiedAt: 0 }
  const { whole, notModified } = fileHeaders(FEED, form, SITE)
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, notModified).end()
    else response.writeHead(200, whole).end(bytes)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  return server.address() as AddressInfo
}

async function nginx(folder: string): Promise<readonly Server[]> {
  const file = [options.nginx, '/usr/sbin/nginx'].find(candidate => candidate !== undefined && existsSync(candidate))
  if (file === undefined) {
    console.log('nginx is not measured: it is not installed (Debian package nginx; or --nginx <file>)')
    return []
  }
  const place = join(folder, '..', `${folder.split('/').at(-1)}-nginx`)
  await mkdir(join(place, 'logs'), { recursive: true })
  const port = 20_000 + (process.pid % 10_000)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${place}/${name};`)
  const config = `daemon off; worker_processes 1; pid ${place}/pid; error_log ${place}/error.log;
events { worker_connections 256; }
http { access_log off; keepalive_requests 1000000000; ${temporary.join(' ')}
  types { application/atom+xml atom; }
  server { listen 127.0.0.1:${port}; root ${folder}; gzip_static on; gzip_vary on; sendfile on; tcp_nopush on; open_file_cache max=100; }
}`
  await writeFile(join(place, 'nginx.conf'), process.getuid?.() === 0 ? `user root;\n${config}` : config)
  const [program = '', ...args] = [...(hasTaskset ? ['taskset', '-c', '0'] : []), file, '-p', place, '-c', join(place, 'nginx.conf')]
  const started = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await sleep(500)
  const worker = readFileSync(`/proc/${started.pid}/task/${started.pid}/children`, 'utf8').trim().split(' ')[0]
  const server = stoppable('nginx', port, started, Number(worker))
  return [
    {
      ...server,
      stop: async () => {
        await server.stop()
        await rm(place, { recursive: true })
      },
    },
  ]
}

/** User and system time of a process (proc(5)), in ticks of 10 ms. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000
}
