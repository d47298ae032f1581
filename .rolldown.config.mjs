// Builds what is published: the program and what it imports in a few files. Loading hundreds of small ones took three
// quarters of the time of a command that has little to do.
import { chmodSync, copyFileSync, cpSync, readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'rolldown'

const PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/

/** Licences ask that their text goes with the code. */
const licences = {
  name: 'licences',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap(file => file.moduleIds ?? [])
    const folders = new Set(modules.flatMap(id => PACKAGE.exec(id)?.[0] ?? []))
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source: [...folders].toSorted().map(describe).join('\n\n') })
  },
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim()}\n\n---`
}

const finishing = {
  name: 'finishing',
  writeBundle({ dir }) {
    copyFileSync('src/render/page/style.css', `${dir}/style.css`)
    cpSync('src/match/lexicon', `${dir}/lexicon`, { recursive: true })
    chmodSync(`${dir}/launcher.js`, 0o755)
  },
}

// The index of undici, which is CommonJS and cannot be thinned out, brings fetch, WebSocket, caches and mocks with it.
const thinUndici = {
  name: 'thin-undici',
  resolveId: id => (id === 'undici' ? '\0undici' : null),
  load: id =>
    id === '\0undici'
      ? `export { default as Agent } from 'undici/lib/dispatcher/agent.js'
         export { default as buildConnector } from 'undici/lib/core/connect.js'`
      : null,
}

export default defineConfig({
  // The threads that read documents and that prepare them are started by the names of their files.
  input: {
    ...{ launcher: 'src/launcher.ts', main: 'src/main.ts' },
    ...{ 'parse-worker': 'src/parse/parse-worker.ts', 'press-worker': 'src/publish/press-worker.ts' },
  },
  platform: 'node',
  plugins: [thinUndici, licences, finishing],
  output: { dir: 'dist', format: 'esm', cleanDir: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
})
