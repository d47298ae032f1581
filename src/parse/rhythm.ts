import type { PublishingRhythm } from '../domain/feed.ts'
import { DAY, HOUR, MINUTE } from '../domain/time.ts'
import { childrenOf, childText, type FeedNode, textOf } from './feed-node.ts'
import { present } from './present.ts'

const PERIODS: Readonly<Record<string, number>> = { hourly: HOUR, daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY, yearly: 365 * DAY }
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** When the publisher wants to be asked (RSS 2.0 `ttl`, `skipHours`, `skipDays`; RSS 1.0 syndication module). */
export function rhythmOf(node: FeedNode): PublishingRhythm | undefined {
  const minutes = countChild(node, 'f.ttl')
  const rhythm = present({
    ttlMs: minutes === undefined || minutes === 0 ? undefined : minutes * MINUTE,
    updateEveryMs: updateEveryMs(node),
    // RSS 0.91 counts hours from 1 to 24.
    skipHours: list(node, 'f.skiphours', 'f.hour', text => (/^\d{1,2}$/.test(text) && Number(text) <= 24 ? Number(text) % 24 : undefined)),
    skipDays: list(node, 'f.skipdays', 'f.day', text => (DAYS.includes(text.toLowerCase()) ? DAYS.indexOf(text.toLowerCase()) : undefined)),
  })
  return Object.keys(rhythm).length === 0 ? undefined : rhythm
}

/** The whole number that is a child's text; undefined where there is none. */
export function countChild(node: FeedNode, name: string): number | undefined {
  const text = childText(node, name)
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function updateEveryMs(node: FeedNode): number | undefined {
  const period = PERIODS[childText(node, 'sy.updateperiod')?.toLowerCase() ?? '']
  return period === undefined ? undefined : Math.round(period / Math.max(countChild(node, 'sy.updatefrequency') ?? 1, 1))
}

function list(node: FeedNode, parent: string, child: string, read: (text: string) => number | undefined): readonly number[] | undefined {
  const items = childrenOf(node, parent).flatMap(element => childrenOf(element, child))
  const numbers = items.flatMap(item => read(textOf(item) ?? '') ?? [])
  return numbers.length === 0 ? undefined : [...new Set(numbers)].sort((a, b) => a - b)
}
