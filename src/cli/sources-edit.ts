import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { loadConfig } from '../app.ts'
import { type Config, describeProblem, type Problem } from '../config/config.ts'
import { type EditedText, editSources, hasTopLevelKey, type SourceAdditions } from '../config/edit-sources.ts'
import type { Environment } from '../config/environment.ts'
import { CONFIG_FILES } from '../config/read-config-folder.ts'
import { AppError } from '../domain/app-error.ts'
import { unifiedDiff } from './sources-diff.ts'

/** A change of the config's files that has been tried and not yet made. */
export interface PlannedEdit {
  readonly files: readonly PlannedFile[]
  /** The config as it will be, but for the paths of files. */
  readonly config: Config
  /** What `check` will warn of afterwards. */
  readonly warnings: readonly Problem[]
}

/** One file that changes. */
export interface PlannedFile {
  readonly path: string
  /** As messages name it: `config/sources.yaml`. */
  readonly name: string
  /** Undefined where there is no such file yet. */
  readonly before: string | undefined
  readonly after: string
  /** As `diff -u` shows it. */
  readonly diff: string
}

/**
 * Works out how the files of a good config change, and tries the config as it will be. Each list is edited in the file
 * that has it; `sources.yaml` gets those that are in none.
 *
 * @throws AppError `config-invalid` where the config with the additions is not good, or a list cannot be added to
 */
export async function planEdit(
  folder: string,
  additions: SourceAdditions,
  { comment, environment }: { readonly comment: string; readonly environment: Environment },
): Promise<PlannedEdit> {
  const root = resolve(folder)
  const texts = new Map(await Promise.all(CONFIG_FILES.map(async name => [name, await textOf(join(root, name))] as const)))
  const [service = '', label] = [texts.get('kakehashi.yaml'), basename(root)]
  const files = CONFIG_FILES.filter(name => name.endsWith('.yaml')).flatMap(name => {
    const isHere = (key: string) => hasTopLevelKey(service, key) === (name === 'kakehashi.yaml')
    const before = texts.get(name)
    const edited = editSources(before ?? '', only(additions, isHere), comment)
    return edited.splices.length === 0 ? [] : [plannedFile(join(root, name), `${label}/${name}`, before, edited)]
  })
  for (const { path, after } of files) texts.set(basename(path) as (typeof CONFIG_FILES)[number], after)
  return { files, ...(await tried(label, texts, environment)) }
}

/**
 * Makes a planned change. Each file is replaced whole or not at all; rights and symbolic links stay.
 *
 * @throws AppError `config-invalid` where somebody saved a file since the change was planned
 */
export async function makeEdit({ files }: PlannedEdit): Promise<void> {
  for (const { path, name, before } of files) {
    if ((await textOf(path)) !== before)
      throw new AppError(
        'config-invalid',
        `${name}: expected the file as it was a moment ago, somebody saved it since; nothing was written`,
      )
  }
  for (const { path, after } of files) await replaceFile(path, after)
}

function only({ feeds, outlets, posts }: SourceAdditions, isHere: (key: string) => boolean): SourceAdditions {
  const hasOutlets = isHere('outlets')
  return { feeds: hasOutlets ? feeds : new Map(), outlets: hasOutlets ? outlets : [], posts: isHere('posts') ? posts : [] }
}

function plannedFile(path: string, name: string, before: string | undefined, { text, splices }: EditedText): PlannedFile {
  return { path, name, before, after: text, diff: unifiedDiff(name, before ?? '', splices) }
}

/** Loads the config as it will be from another place, under its own name for the sake of messages. */
async function tried(
  label: string,
  texts: ReadonlyMap<string, string | undefined>,
  environment: Environment,
): Promise<Pick<PlannedEdit, 'config' | 'warnings'>> {
  const place = await mkdtemp(join(tmpdir(), 'kakehashi-'))
  try {
    const folder = join(place, label)
    await mkdir(folder)
    for (const [name, text] of texts) if (text !== undefined) await writeFile(join(folder, name), text)
    const loaded = await loadConfig(folder, environment)
    if (loaded.kind === 'ok') return { config: loaded.config, warnings: loaded.warnings }
    const problems = loaded.problems.map(describeProblem)
    throw new AppError('config-invalid', ['With this, the config would not be good; nothing was written:', ...problems].join('\n'))
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const file = await realpath(path).catch(() => path)
  const mode = await stat(file).then(
    found => found.mode & 0o777,
    () => 0o644,
  )
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`)
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(text)
      await handle.chmod(mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
