import { randomBytes } from 'node:crypto'
import { Command, CommanderError, Option } from 'commander'
import { readEnvironment } from '../config/environment.ts'
import { AppError } from '../domain/app-error.ts'
import { PACKAGE } from '../version.ts'
import type { CommandContext } from './command.ts'
import { EXIT, EXIT_OF } from './exit-codes.ts'
import type { ImportOptions } from './import.ts'
import type { AddOptions } from './sources-add.ts'
import { openTerminal } from './terminal.ts'
import { asForeseen } from './unusable-ground.ts'

/**
 * Runs the command line and gives the exit code; never rejects.
 *
 * @param arguments_ without the program's own name
 * @param signal aborted when the process is asked to end
 */
export async function runProgram(arguments_: readonly string[], signal: AbortSignal): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = buildProgram(signal, code => {
    exitCode = code
  })
  try {
    await program.parseAsync(arguments_, { from: 'user' })
    return exitCode
  } catch (error) {
    return report(error, arguments_.includes('--json'))
  }
}

// Each command brings its own part of the program with it; what is not asked for is not loaded.
function buildProgram(signal: AbortSignal, exit: (code: number) => void): Command {
  const program = new Command('kakehashi')
    .description('Matches translated posts with the articles they translate, and republishes them as labelled feeds.')
    .version(PACKAGE.version)
    .exitOverride()
    .showHelpAfterError('(kakehashi --help lists the commands)')
  const addTo = (parent: Command, name: string, description: string, work: Work) => {
    const command = parent.command(name).description(description)
    command.action(async () => exit(await work(contextOf(command, signal), command)))
    return command
  }
  const add = (name: string, description: string, work: Work) => addTo(program, name, description, work)
  add('run', 'poll, match, publish and serve until stopped', async context =>
    (await import('./run.ts')).run({ ...context, randomToken }),
  ).addOption(CONFIG)
  add('once', 'run one cycle over the sources that are due, then end', async (context, command) => {
    const { once } = await import('./once.ts')
    const { all = false, acceptShrink = false } = command.opts<{ all?: boolean; acceptShrink?: boolean }>()
    return once(context, { all, acceptShrink })
  })
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
    .option('--all', 'poll every source, due or not')
    .option('--accept-shrink', 'publish feeds even if they lose most of their entries')
  add('check', 'say what is wrong with the config', async (context, command) => {
    const { check } = await import('./check.ts')
    return check(context, { live: command.opts<{ live?: boolean }>().live ?? false })
  })
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
    .option('--live', 'also ask every source once, and keep what comes')
  add('status', 'show the health of every source', async context => (await import('./status.ts')).status(context))
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
  add('explain', 'say why a post has its original, and which feeds carry it', async (context, command) => {
    const { explain } = await import('./explain.ts')
    return explain(context, command.args[0] ?? '')
  })
    .argument('<what>', 'address or id of a post or an article')
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
  add('lexicon', 'show the words that posts and articles are matched by, and what your own posts have taught', async (context, command) => {
    const { lexicon } = await import('./lexicon.ts')
    return lexicon(context, command.args[0])
  })
    .argument('[word]', 'what this word stands for, in either language')
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
  add('withdraw', 'take a post out of every feed and page, for good', async (context, command) => {
    const { withdraw } = await import('./withdraw.ts')
    return withdraw(context, command.args[0] ?? '', { undo: command.opts<{ undo?: boolean }>().undo ?? false })
  })
    .argument('<what>', 'address or id of the post')
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
    .option('--undo', 'publish it again')
  add('import', 'take over the posts of an export file, then match and publish', async (context, command) => {
    const { importFile } = await import('./import.ts')
    return importFile(context, command.args[0] ?? '', command.opts<ImportOptions>())
  })
    .argument('<file>', 'a Blogger backup, a Takeout zip or feed, a WordPress or Movable Type export, or any feed document')
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
    .option('--source <id>', 'the post source they belong to (where the config has several)')
    .option('--host <host>', 'where the blog is (where the export names its posts by path alone)')
    .option('--blog <name>', 'which blog of a zip that holds several')
    .option('--time-zone <zone>', 'of times that carry no offset (default: Asia/Tokyo)')
  addSourcesCommands(program.command('sources').description('list, add, import and export the feeds of the config'), addTo)
  add('demo', 'show it all with sample outlets and a sample blog, without a network', async (context, command) => {
    const { demo } = await import('./demo.ts')
    return demo(context, { once: command.opts<{ once?: boolean }>().once ?? false })
  })
    .addOption(JSON_OUTPUT)
    .option('--once', 'write the feeds and end')
  return program
}

function addSourcesCommands(sources: Command, addTo: (parent: Command, name: string, description: string, work: Work) => Command): void {
  addTo(sources, 'list', 'list every source, with its last poll', async context => (await import('./sources-list.ts')).listSources(context))
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
  addTo(sources, 'add', 'add the feed that an address gives or announces', async (context, command) => {
    const { addSource } = await import('./sources-add.ts')
    return addSource(context, command.args[0] ?? '', command.opts<AddOptions>())
  })
    .argument('<url>', 'address of a feed, or of a page that announces one')
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
    .option('--outlet <id>', 'the outlet whose feed it is (default: a new one is made of it)')
    .option('--name <name>', 'name of the new outlet (default: the title of the feed), or title of the post source')
    .option('--posts', 'it brings translated posts')
    .option('--id <id>', 'id of what is added')
    .option('--dry-run', 'print the change of the config and write nothing')
  addTo(sources, 'import', 'add the feeds of an OPML file', async (context, command) => {
    const { importSources } = await import('./sources-import.ts')
    return importSources(context, command.args[0] ?? '', command.opts<{ dryRun?: boolean }>())
  })
    .argument('<file>', 'an OPML file')
    .addOption(CONFIG)
    .addOption(JSON_OUTPUT)
    .option('--dry-run', 'print the change of the config and write nothing')
  addTo(sources, 'export', 'print the feeds as OPML', async context =>
    (await import('./sources-export.ts')).exportSources(context),
  ).addOption(CONFIG)
}

type Work = (context: CommandContext, command: Command) => Promise<number>

/** 256 bits. */
const randomToken = () => randomBytes(32).toString('base64url')

const CONFIG = new Option('-c, --config <folder>', 'the config folder (default: KAKEHASHI_CONFIG, else ./config)')
const JSON_OUTPUT = new Option('--json', 'print one JSON document instead of text')

function contextOf(command: Command, signal: AbortSignal): CommandContext {
  const environment = readEnvironment()
  const { config, json = false } = command.opts<{ config?: string; json?: boolean }>()
  return {
    configFolder: config ?? environment.configFolder ?? 'config',
    isJson: json,
    terminal: openTerminal(environment, { isQuiet: json, now: Date.now }),
    environment,
    openLog: async level => (await import('../log.ts')).openLog(level),
    now: Date.now,
    random: Math.random,
    signal,
  }
}

function report(thrown: unknown, isJson: boolean): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage
  const error = asForeseen(thrown)
  const isForeseen = error instanceof AppError
  const message = isForeseen ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (isJson) process.stdout.write(`${JSON.stringify({ ok: false, code: isForeseen ? error.code : 'internal', message })}\n`)
  process.stderr.write(`${message}\n`)
  return isForeseen ? EXIT_OF[error.code] : EXIT.internal
}
