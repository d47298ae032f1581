import { DAY, HOUR } from '../../src/domain/time.ts'
import * as operating from './ghost-operating.ts'
import type { Month } from './ghost-stage.ts'
import * as writing from './ghost-writing.ts'

/** Something that happens in every month. */
export interface GhostEvent {
  readonly times: number
  /** What a reader is to see of it, once, in each feed that it concerns; nothing where it says nothing. */
  readonly sees: string
  readonly happens: (month: Month) => void | Promise<void>
}

const NOTHING = ''

/** Everything that happens. */
export const EVENTS: Readonly<Record<string, GhostEvent>> = {
  'a post on Blogger': { times: 9, sees: 'new', happens: month => writing.write(month, month.blogger) },
  'a post on WordPress': { times: 9, sees: 'new', happens: month => writing.write(month, month.wordpress) },
  'a note': { times: 4, sees: 'new', happens: month => writing.addNote(month, month.now()) },
  'an article': {
    times: 20,
    sees: 'new among the untranslated; where posts have cited it before it came: reworded, as they get its title',
    happens: month => writing.addArticle(month, month.random() < 0.5 ? month.alpha : month.beta),
  },
  'a translation that cites nothing': { times: 4, sees: 'new; reworded when it is matched by what it says', happens: writing.uncited },
  'an article edited': {
    times: 4,
    sees: 'edited among the untranslated; or else its translations reworded',
    happens: month => writing.editArticle(month, month.random() < 0.5 ? month.alpha : month.beta),
  },
  'a post edited under a new date': { times: 5, sees: 'edited', happens: month => writing.edit(month, month.blogger, { isDated: true }) },
  'a post edited under the same date': {
    times: 3,
    sees: 'reworded',
    happens: month => writing.edit(month, month.blogger, { isDated: false }),
  },
  'a post edited that has no date of change': {
    times: 3,
    sees: 'edited, under the date of the poll that saw it',
    happens: month => writing.edit(month, month.wordpress, { isDated: true }),
  },
  'a post edited in its markup alone': {
    times: 2,
    sees: 'reworded',
    happens: month => writing.edit(month, month.wordpress, { isDated: true, isMarkup: true }),
  },
  'a post edited that its feed shows no more': { times: 2, sees: 'edited, where it is in a document', happens: writing.editOld },
  'all posts of a blog saved again': { times: 1, sees: NOTHING, happens: writing.saveAgain },
  'a post deleted on its blog': {
    times: 2,
    sees: NOTHING,
    happens: month => writing.dropOne(month, month.random() < 0.5 ? month.blogger : month.wordpress),
  },
  'a note edited': {
    times: 2,
    sees: 'edited, under the date of the poll that saw it',
    happens: month => writing.changeNote(month, ({ html }) => ({ html: `${html}\n\n追記です${month.now() % 977}。` })),
  },
  'a note deleted': { times: 2, sees: 'left and buried; an older one may be back', happens: writing.deleteNote },
  'a note made a draft, and published again': {
    times: 1,
    sees: 'left and buried; back',
    happens: month => writing.passing(month, 'draft'),
  },
  'a note broken, and mended': { times: 1, sees: NOTHING, happens: month => writing.passing(month, 'broken') },
  'the ids of notes spelled with https': { times: 1, sees: NOTHING, happens: writing.secureNotes },
  'a post withdrawn by the operator': { times: 2, sees: 'left and buried', happens: month => operating.withdrawn(month, false) },
  'a post withdrawn by the operator, and taken back in': {
    times: 1,
    sees: 'left and buried; back',
    happens: month => operating.withdrawn(month, true),
  },
  'a pair in pairs.csv': { times: 2, sees: 'reworded; new or left where the outlet is another', happens: operating.pair },
  'another title mode': { times: 2, sees: 'reworded in that feed, where the original has a title', happens: operating.titles },
  'a label renamed on the blog': {
    times: 2,
    sees: 'reworded or edited; left, and the feed gone, once the operator accepts the loss of a large one',
    happens: writing.renameLabel,
  },
  'a post relabelled': { times: 2, sees: 'edited; new and left in the feeds of the labels', happens: writing.relabel },
  'a label named in the config, its slug kept': {
    times: 1,
    sees: 'another title of the feed',
    happens: month => operating.nameLabel(month, { title: '外交と同盟' }),
  },
  'a label given another slug': {
    times: 2,
    sees: 'moved (301)',
    happens: month => operating.nameLabel(month, { slug: `feed-${month.now() % 9973}` }),
  },
  'a label left to the program again': { times: 1, sees: 'moved (301)', happens: month => operating.nameLabel(month, null) },
  'an outlet named otherwise': { times: 1, sees: 'reworded; another title of its feed', happens: operating.renameOutlet },
  'another limit': {
    times: 2,
    sees: 'left or back at the end of every feed',
    happens: month => operating.configured(month, { limit: month.settings.limit === 10 ? 7 : 10 }),
  },
  'other words in the glossary': {
    times: 1,
    sees: 'reworded, where a match comes of it',
    happens: month => operating.configured(month, { glossary: 'porcupine\tヤマアラシ\nquill\t針\n' }),
  },
  'another threshold': {
    times: 2,
    sees: 'reworded, where a match comes or goes',
    happens: month => operating.configured(month, { acceptAbove: month.settings.acceptAbove > 0.9 ? 0.6 : 0.97 }),
  },
  'the folder of notes taken out of the config, and put back': { times: 1, sees: 'left; back', happens: operating.takeOutNotes },
  'a source that fails': { times: 8, sees: NOTHING, happens: operating.outage },
  'an answer without an entry': { times: 2, sees: NOTHING, happens: month => operating.fail(month, 'empty') },
  'a document cut off': { times: 2, sees: NOTHING, happens: month => operating.fail(month, 'truncated') },
  'a feed in another order': {
    times: 2,
    sees: NOTHING,
    happens: month => operating.forAWhile(month, operating.anyPublisher(month), { isShuffled: true }),
  },
  'a feed shortened, and lengthened beyond what it was': {
    times: 2,
    sees: NOTHING,
    happens: month => operating.shorten(month, month.random() < 0.5 ? month.blogger : month.wordpress),
  },
  'the same feed sent anew': { times: 6, sees: NOTHING, happens: month => void operating.anyPublisher(month).edition++ },
  'a publisher whose clock is hours ahead': { times: 1, sees: 'new', happens: month => writing.write(month, month.blogger, 20 * HOUR) },
  'a publisher whose clock is days ahead': {
    times: 1,
    sees: 'new, under the date of the poll that saw it',
    happens: month => writing.write(month, month.blogger, 3 * DAY),
  },
  'a restart': { times: 3, sees: NOTHING, happens: month => month.restart() },
  'a crash between polls and judgements': { times: 1, sees: NOTHING, happens: month => month.crash('match') },
  'a crash between judgements and publishing': { times: 2, sees: NOTHING, happens: month => month.crash('publish') },
  'a crash in the midst of publishing': { times: 2, sees: NOTHING, happens: month => month.crash('written') },
  'the state restored from a backup of the day before': {
    times: 1,
    sees: 'what was dated by a poll since is dated again, what the operator withdrew since is back; nothing else',
    happens: operating.restore,
  },
  'another version of the program': {
    times: 1,
    sees: NOTHING,
    happens: month => month.restart({ version: `99.${month.now() % 97}.0` }),
  },
  'losses accepted by the operator': { times: 2, sees: 'what was refused', happens: month => month.acceptShrink() },
}
