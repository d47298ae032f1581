import { z } from 'zod'

// What cannot be read counts as absent: `validate.ts` has reported it. Lists keep their length, so that places stay right.
const word = z.string().catch('')
const maybe = z.string().optional().catch(undefined)
const words = z.array(word).catch([])
const list = <T extends z.ZodRawShape>(shape: T) => z.array(z.object(shape).catch(() => z.object(shape).parse({}))).catch([])

const criteria = z
  .array(z.union([z.string(), z.object({ label: maybe, outlet: maybe, author: maybe, match: maybe, keyword: maybe })]).catch(''))
  .catch([])

const looseSchema = z.object({
  polling: z.object({ tick: maybe }).catch({}),
  server: z
    .object({
      host: word,
      trusted_proxies: words,
      tls: z.looseObject({}).optional().catch(undefined),
      operator: z.looseObject({}).optional().catch(undefined),
    })
    .catch({ host: '', trusted_proxies: [] }),
  publish: z.object({ hide_labels: words }).catch({ hide_labels: [] }),
  outlets: list({ id: word, name: word, aliases: words, hosts: words, sources: list({ id: maybe, url: word }) }),
  posts: list({ id: word, feed: maybe, folder: maybe, url_template: maybe }),
  feeds: list({ slug: maybe, label: maybe, any: criteria, all: criteria, none: criteria, outlets: words, include: word }),
})

/** What cross-checks look at; a text that could not be read is empty. A `RawConfig` is one too. */
export type LooseConfig = z.output<typeof looseSchema>

/** Takes from a config with mistakes what can be read all the same, so that one check reports all there is to mend. */
export function looseConfig(data: unknown): LooseConfig {
  return looseSchema.parse(data)
}
