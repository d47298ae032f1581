import { publishDocuments } from '../../src/publish/publish-documents.ts'
import { atomDocument } from './samples.ts'

// Run by `faults.test.ts` as a process of its own: publishes three documents over and over, the third the largest.
const [, , folder = '', most = '1'] = process.argv
for (let round = 0; ; round++) {
  const entries = Number(most) - (round % Number(most))
  const documents = (['a', 'b', 'c'] as const).map(name =>
    atomDocument(name === 'c' ? entries : Math.min(entries, 20), { path: `${name}.atom` }),
  )
  await publishDocuments(folder, documents, { allowShrink: true, now: Date.now })
  process.stdout.write(round === 1 ? 'settled\n' : 'published\n')
}
