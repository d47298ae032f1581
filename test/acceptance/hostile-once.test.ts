import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BlogPost, bloggerPage, postId } from '../support/feed-documents.ts'
import { HONEST } from '../support/hostile-answers.ts'
import { type HostileSource, hostileSources, type MeasuredOnce, measuredOnce, outletsOf, serveHostile } from '../support/hostile-sources.ts'
import { SECRET, type SetTraps, setTraps } from '../support/hostile-traps.ts'
import { publishedAtom } from '../support/published-feed.ts'
import { answerOf } from '../support/raw-answer.ts'
import { type RawServer, serveRaw } from '../support/raw-server.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'

// Long enough for a busy machine; what never answers has it all, at the same time as the others.
const TIMEOUT_S = 6
const POST: BlogPost = { id: '1', title: '善い投稿', html: '<p>本文です。</p>', labels: ['外交'], published: '2026-03-01T09:00:00+09:00' }

let traps: SetTraps
let secret: RawServer
let config: SampleConfig
let sources: readonly HostileSource[]
let once: MeasuredOnce

beforeAll(async () => {
  traps = await setTraps()
  secret = await serveRaw(socket => void socket.end(answerOf(HONEST)))
  sources = hostileSources(traps, secret.port).filter(({ isHeavy }) => !isHeavy)
  const servers = await Promise.all(sources.map(serveHostile))
  const blog = await serveRaw(socket => void socket.end(answerOf(bloggerPage([POST]))))
  const folder = await temporaryFolder()
  config = await writeConfig(folder, {
    sources: `${outletsOf(servers.map(({ url }) => url))}posts:\n  - { id: blog, feed: "${blog.url}" }\n`,
    allowHosts: [...servers, blog, traps].map(({ host }) => host),
    polling: [`timeout: ${TIMEOUT_S}s`],
  })
  once = await measuredOnce(config, folder)
})

describe('once with hostile sources by the hundred, all at the same time', () => {
  it('comes to the same for each as when it is polled alone', () => {
    const polled = sources.map(({ name }, at) => [name, once.polls[`case-${at}`]?.result, once.polls[`case-${at}`]?.added])
    expect(polled).toEqual(sources.map(({ name, result, added }) => [name, result, added]))
  })

  it('tells the operator something of each that brought nothing', () => {
    for (const { result, detail, source } of Object.values(once.polls))
      if (result !== 'ok') expect([source, detail]).toEqual([source, expect.stringMatching(/\w+ \w+/)])
  })

  it('publishes what the good source beside them brought', async () => {
    expect(once.polls['blog']).toMatchObject({ result: 'ok', added: 1, detail: '' })
    expect((await publishedAtom(config.publicFolder, '外交')).map(({ id }) => id)).toEqual([postId(POST)])
  })

  it('ends by itself, without a warning, and says that not all went well', () => {
    expect([once.run.exitCode, once.stderr]).toEqual([3, ''])
  })

  it('neither reads nor asks for what the documents want read', async () => {
    expect([traps.requests, secret.requests]).toEqual([[], []])
    const files = [config.storeFile, ...(await filesIn(config.publicFolder)).map(path => join(config.publicFolder, path))]
    for (const file of files) expect([file, (await readFile(file)).includes(SECRET)]).toEqual([file, false])
  })
})
