import type { OutletId } from '../../src/domain/identifiers.ts'
import type { Outlet } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'

function anOutlet(id: string, name: string, hosts: readonly string[], aliases: readonly string[] = []): Outlet {
  return { id: id as OutletId, name, hosts, movedHosts: [], aliases, language: 'en', republish: 'excerpt' }
}

/** A handful of outlets with the names Japanese posts give them. */
export const SAMPLE_OUTLETS: readonly Outlet[] = [
  anOutlet('tni', 'The National Interest', ['nationalinterest.org'], ['TNI', 'ナショナル・インタレスト']),
  anOutlet('19fortyfive', '19FortyFive', ['19fortyfive.com'], ['1945']),
  {
    ...anOutlet('twz', 'The War Zone', ['twz.com'], ['TWZ', 'ウォーゾーン']),
    movedHosts: [{ from: 'thedrive.com/the-war-zone', to: 'twz.com' }],
  },
  anOutlet('afmag', 'Air & Space Forces Magazine', ['airandspaceforces.com'], ['空軍協会誌']),
  anOutlet('tp', 'Task & Purpose', ['taskandpurpose.com']),
  anOutlet('csis', 'CSIS', ['csis.org'], ['戦略国際問題研究所']),
  anOutlet('rand', 'RAND Corporation', ['rand.org'], ['RAND', 'ランド研究所']),
  anOutlet('flightglobal', 'FlightGlobal', ['flightglobal.com']),
  anOutlet('foreignpolicy', 'Foreign Policy', ['foreignpolicy.com'], ['FP', 'フォーリン・ポリシー']),
  anOutlet('lowy', 'Lowy Institute / The Interpreter', ['lowyinstitute.org'], ['Lowy']),
  anOutlet('ps', 'Project Syndicate', ['project-syndicate.org']),
  anOutlet('defensenews', 'Defense News', ['defensenews.com']),
]

export const SAMPLE_DIRECTORY = outletDirectory(SAMPLE_OUTLETS)
