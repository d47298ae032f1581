import { AppError } from '../../domain/app-error.ts'
import type { ExportContext, ExportReading, ImportBatch } from './export-reading.ts'
import { unpacked, type ZipMember, zipMembers } from './zip-members.ts'

/**
 * Reads the exports of one blog out of a zip; other files in it are passed over.
 *
 * @throws AppError as `readExport` does
 */
export async function readZip(
  bytes: Uint8Array,
  context: ExportContext,
  blog: string | undefined,
  readDocument: (bytes: Uint8Array, context: ExportContext) => Promise<ExportReading>,
): Promise<ExportReading> {
  const { name } = context
  const members = zipMembers(bytes, name)
  const chosen = blog === undefined ? members : ofBlog(members, blog, name)
  if (chosen.every(({ isTakeout }) => isTakeout)) refuseSeveral(chosen, name)
  const files = unpacked(bytes, chosen, name)
  const found: { readonly member: ZipMember; readonly reading: ExportReading }[] = []
  let other: AppError | undefined
  for (const [index, member] of chosen.entries()) {
    const reading = await readingOf(() => readDocument(files[index] ?? new Uint8Array(), { ...context, name: `${name}: ${member.name}` }))
    // A zip may hold layouts, lists and notes beside the blog.
    if (reading instanceof AppError) other ??= reading
    else found.push({ member, reading })
  }
  refuseSeveral(
    found.map(({ member }) => member),
    name,
  )
  const readings = found.map(({ reading }) => reading)
  const [first] = readings
  if (first === undefined) throw other ?? new AppError('feed-unreadable', `${name}: expected a zip with an export in it, got none`)
  return readings.length === 1 ? first : { ...first, batches: () => oneAfterTheOther(readings) }
}

function refuseSeveral(members: readonly ZipMember[], zipName: string): void {
  const blogs = [...new Set(members.map(({ blog }) => blog))]
  if (blogs.length > 1) throw new AppError('usage', `${zipName}: holds several blogs (${listed(blogs)}): say which with --blog`)
}

function ofBlog(members: readonly ZipMember[], blog: string, zipName: string): readonly ZipMember[] {
  const wanted = blog.normalize('NFC').toLowerCase()
  const chosen = members.filter(member => member.blog.toLowerCase() === wanted)
  if (chosen.length > 0) return chosen
  const blogs = [...new Set(members.map(member => member.blog))]
  throw new AppError('not-found', `${zipName}: expected the name of a blog in it (${listed(blogs) || 'there is none'}), got "${blog}"`)
}

async function readingOf(read: () => Promise<ExportReading>): Promise<ExportReading | AppError> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.code === 'feed-unreadable') return error
    throw error
  }
}

/** How many items the later files hold shows only when they are begun. */
async function* oneAfterTheOther(readings: readonly ExportReading[]): AsyncGenerator<ImportBatch> {
  let before = 0
  for (const { batches } of readings) {
    let of = 0
    for await (const batch of batches()) {
      of = batch.of
      yield { ...batch, done: before + batch.done, of: before + of }
    }
    before += of
  }
}

function listed(names: readonly string[]): string {
  return names
    .slice(0, 20)
    .map(name => `"${name}"`)
    .join(', ')
}
