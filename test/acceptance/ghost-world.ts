import { isSuccess } from '../../src/domain/poll.ts'
import { type Heard, hear, type Knowledge } from './ghost-knowledge.ts'
import type { CycleOutcome } from './ghost-program.ts'
import { answeredWhole, openBlogger, openNotes, openOutlet, openWordpress, type Written } from './ghost-publishers.ts'
import type { Places } from './ghost-settings.ts'

/** Every publisher there is. */
export type World = Awaited<ReturnType<typeof openWorld>>

/** Opens two outlets, two blogs, and a folder of notes. */
export async function openWorld(notesFolder: string) {
  const [alpha, beta, blogger, wordpress, notes] = await Promise.all([
    openOutlet('alpha', 'rss'),
    openOutlet('beta', 'atom'),
    openBlogger(),
    openWordpress(),
    openNotes(notesFolder),
  ])
  return { alpha, beta, blogger, wordpress, notes }
}

/** Where they are polled. */
export function placesOf({ alpha, beta, blogger, wordpress, notes }: World): Places {
  const urls = { alpha: alpha.url, beta: beta.url, blogger: blogger.url, wordpress: wordpress.url }
  return { ...urls, notes: notes.folder, hosts: [alpha, beta, blogger, wordpress].map(({ host }) => host) }
}

/** What goes over from the publishers to the program with each of its polls. */
export interface Hearing {
  readonly takeIn: (knowledge: Knowledge, outcome: CycleOutcome) => void
  /** The blogs are read to their first posts again. */
  readonly forget: () => void
}

/** Listens in on the polls of a program. */
export function openHearing(world: World): Hearing {
  const heard = new Set<string>()
  let edits = 0
  return {
    forget: () => heard.clear(),
    takeIn: (knowledge, { polls, span: seen }) => {
      for (const { source, result } of polls) if (isSuccess(result)) hear(knowledge, { ...heardOf(world, source, heard), source, seen })
      if (world.wordpress.edits() === edits) return
      edits = world.wordpress.edits()
      hear(knowledge, { role: 'post', source: 'wordpress', written: editsBehindFeed(world, knowledge), isFromApi: true, seen })
    },
  }
}

function heardOf(world: World, source: string, heard: Set<string>): Pick<Heard, 'role' | 'written' | 'isComplete'> {
  if (source === 'notes') return { role: 'post', ...wholeNotes(world) }
  if (source === 'alpha' || source === 'beta') return { role: 'article', written: answeredWhole(world[source]) }
  const blog = source === 'blogger' ? world.blogger : world.wordpress
  const isFirst = !heard.has(source)
  heard.add(source)
  return { role: 'post', written: isFirst ? blog.posts() : answeredWhole(blog) }
}

/** A file that cannot be read takes nothing back, and keeps the others from it. */
function wholeNotes({ notes }: World): Pick<Heard, 'written' | 'isComplete'> {
  const files = [...notes.files.values()]
  const whole = files.filter(({ state }) => state === 'whole')
  return {
    written: whole.map(({ state: _, isSecured: __, ...written }) => written),
    isComplete: !files.some(({ state }) => state === 'broken'),
  }
}

function editsBehindFeed({ wordpress }: World, knowledge: Knowledge): readonly Written[] {
  const shown = new Set(wordpress.shown().map(({ id }) => id))
  const behind = wordpress.posts().filter(({ id }) => knowledge.has(id) && !shown.has(id))
  return behind.map(post => ({ ...post, updated: wordpress.modifiedAt(post.id) }))
}
