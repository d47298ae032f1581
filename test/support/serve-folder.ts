import { startServer } from '../../src/web/server.ts'
import { servedPlace } from '../web/served-place.ts'

// Run by tests as a process of its own: serves a folder, whoever writes to it, and prints where.
const [, , folder = ''] = process.argv
const place = servedPlace(folder)
const server = await startServer({ host: '127.0.0.1', port: 0, place: () => place, now: Date.now, messagePage: kind => kind })
process.stdout.write(`${server.address}\n`)
