import { AppError } from '../domain/app-error.ts'
import { LOG_LEVELS } from './config.ts'

const DEBIAN_EDICT = '/usr/share/edict/edict'

/** What the process takes from its environment; nothing else in the program reads it. */
export interface Environment {
  /** `KAKEHASHI_CONFIG`: the config folder, where `--config` is not given. */
  readonly configFolder?: string
  /** `KAKEHASHI_LOG_LEVEL`: overrides `log.level`; one of `LOG_LEVELS`. */
  readonly logLevel?: string
  /** `NO_COLOR`, `CI` or `TERM=dumb`: no colours and no progress bar. */
  readonly isPlain: boolean
  /** Where this kind of system keeps a dictionary, if there is one: the file of Debian's package `edict`. */
  readonly installedDictionary?: string
  /** Looks up a variable that the config names as `${NAME}`. */
  readonly secret: (name: string) => string | undefined
}

/**
 * Reads the environment of this process.
 *
 * @throws AppError `usage` for a log level there is not
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const { KAKEHASHI_CONFIG: configFolder, KAKEHASHI_LOG_LEVEL: logLevel } = variables
  if (logLevel && !LOG_LEVELS.some(level => level === logLevel))
    throw new AppError('usage', `KAKEHASHI_LOG_LEVEL: expected one of ${LOG_LEVELS.join(', ')}, got "${logLevel}"`)
  return {
    ...(configFolder ? { configFolder } : {}),
    ...(logLevel ? { logLevel } : {}),
    isPlain: Boolean(variables['NO_COLOR']) || variables['TERM'] === 'dumb' || Boolean(variables['CI']),
    installedDictionary: DEBIAN_EDICT,
    secret: name => variables[name],
  }
}

/** Fills `${NAME}` in an address or a password from the environment; names what is missing. */
export function fillSecrets(
  text: string,
  secret: Environment['secret'],
): { readonly kind: 'filled'; readonly text: string } | { readonly kind: 'missing'; readonly name: string } {
  let missing: string | undefined
  const filled = text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = secret(name)
    if (value === undefined) missing ??= name
    return value ?? ''
  })
  return missing === undefined ? { kind: 'filled', text: filled } : { kind: 'missing', name: missing }
}
