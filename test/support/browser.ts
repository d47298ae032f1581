import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { atEnd } from './at-end.ts'
import { temporaryFolder } from './temp-folder.ts'

/** A browser that started, or why none did. */
export type LaunchedBrowser =
  | { readonly kind: 'ok'; readonly browser: Browser; readonly name: string }
  | { readonly kind: 'none'; readonly because: string }

/** A Chromium on disk with what it needs to run. */
interface Executable {
  readonly name: string
  readonly path: string
  readonly environment: NodeJS.ProcessEnv
}

// No sandbox, as CI runs as root; no word to anyone but the pages under test.
const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const DEBIAN_CHROMIUM = '/usr/bin/chromium'

/** Starts the Chromium that comes as a package, else Debian's; it is closed at the end of the test file. */
export async function launchBrowser(): Promise<LaunchedBrowser> {
  const reasons: string[] = []
  for (const find of [packagedChromium, debianChromium]) {
    try {
      const { name, path, environment } = await find()
      const browser = await chromium.launch({ executablePath: path, headless: true, args: FLAGS, env: cleaned(environment) })
      atEnd(() => browser.close())
      return { kind: 'ok', browser, name: `${name} ${browser.version()}` }
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  return { kind: 'none', because: reasons.join('\n') }
}

/**
 * Unpacks the Chromium of `@sparticuz/chromium`. It brings libraries that a bare machine lacks (nss, nspr, expat), but
 * unpacks them only where it takes itself to be on AWS, and only into a temporary folder without a `chromium` in it.
 */
async function packagedChromium(): Promise<Executable> {
  const folder = await temporaryFolder()
  const before = { ...process.env }
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', FONTCONFIG_PATH: folder })
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    const path = await packaged.executablePath()
    await writeFile(join(folder, 'fonts.conf'), fontsConfig(folder))
    return { name: 'packaged Chromium', path, environment: { ...process.env } }
  } finally {
    for (const name of CHANGED) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

// LD_LIBRARY_PATH is the package's doing; children of this process are not to inherit any of it.
const CHANGED = ['TMPDIR', 'AWS_EXECUTION_ENV', 'FONTCONFIG_PATH', 'LD_LIBRARY_PATH'] as const

/** The fonts of the system, for Japanese where it has some, and the package's own. */
function fontsConfig(folder: string): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(folder, 'fonts')]
  const lines = folders.map(path => `<dir>${path}</dir>`)
  return `<?xml version="1.0"?><fontconfig>${lines.join('')}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`
}

async function debianChromium(): Promise<Executable> {
  if (!existsSync(DEBIAN_CHROMIUM)) throw new Error(`${DEBIAN_CHROMIUM} is not there`)
  return { name: 'Debian Chromium', path: DEBIAN_CHROMIUM, environment: { ...process.env } }
}

function cleaned(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
