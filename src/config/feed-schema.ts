import { z } from 'zod'
import { choice, count, group, identifier, label, text } from './value-schemas.ts'

const slug = () => {
  const error = 'letters, digits, hyphens, underscores and dots, without a slash'
  return z
    .string({ error })
    .normalize('NFC')
    .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,79}$/u, { error })
}

const keyword = () => {
  const error = 'a keyword with letters or digits'
  return text(error).refine(value => /[\p{L}\p{N}]/u.test(value), { error })
}

const name = () => {
  const error = 'a name with letters or digits'
  return text(error).refine(value => /[\p{L}\p{N}]/u.test(value), { error })
}

const criterion = () =>
  z.union(
    [
      label(),
      group({ label: label() }),
      group({ outlet: identifier() }),
      group({ author: name() }),
      group({ match: choice(['accepted', 'proposed', 'none']) }),
      group({ keyword: keyword() }),
    ],
    {
      error:
        'a label, or one of `label: …`, `outlet: <id>`, `author: …`, `match: accepted`, `match: proposed`, `match: none` and `keyword: …`',
    },
  )

const criteria = () => z.array(criterion(), { error: 'a list of labels and other conditions' }).prefault([])

/** An item of `feeds`. */
export const feed = group({
  slug: slug().optional().meta({ description: 'Last part of its address. Default: made from `label`.' }),
  label: label().optional().meta({ description: "The label the feed stands for; it takes the place of the label's automatic feed." }),
  title: text('a title').optional().meta({ description: 'Title of the feed. Default: the label.' }),
  subtitle: text('a sentence').optional().meta({ description: 'A sentence about the feed.' }),
  any: criteria().meta({
    description: 'Entries that meet at least one of these: a label, or a group of `label`, `outlet`, `author`, `match` or `keyword`.',
  }),
  all: criteria().meta({ description: 'Entries that meet every one of these.' }),
  none: criteria().meta({ description: 'Entries that meet none of these.' }),
  outlets: z
    .array(identifier(), { error: 'a list of outlet ids' })
    .prefault([])
    .meta({ description: 'Only entries of these outlets; empty means all.' }),
  include: choice(['translated', 'all', 'untranslated']).prefault('translated').meta({
    description:
      "`translated` carries posts; `all` adds the outlets' articles that no post translates; `untranslated` carries these alone.",
  }),
  titles: choice(['japanese', 'bilingual', 'original']).prefault('japanese').meta({
    description: "How entries are headed: the post's headline, `訳題 | Original`, or the original's title.",
  }),
  content: choice(['full', 'excerpt', 'link'])
    .prefault('full')
    .meta({ description: 'How much of its entries the feed carries; of articles never more than `republish` of their outlet.' }),
  excerpt: count(40, 2000).prefault(200).meta({ description: 'Most characters of an excerpt.' }),
  limit: count(1, 1000).optional().meta({ description: 'Most entries. Default: `publish.limit`.' }),
})
