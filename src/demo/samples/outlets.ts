import type { Outlet } from '../../domain/outlet.ts'
import type { SampleOutletId } from './sample-article.ts'

/** What an operator's configuration says of a sample outlet; its homepage depends on the port the demo runs on. */
export interface SampleOutlet extends Omit<Outlet, 'id' | 'homepage'> {
  readonly id: SampleOutletId
  /** What the outlet says of itself in its feed. */
  readonly tagline: string
}

/** The invented outlets of the demo. Harbor & Strait has moved from an older host, which old posts still cite. */
export const sampleOutlets: readonly SampleOutlet[] = [
  {
    id: 'meridian',
    name: 'The Meridian Review',
    tagline: 'Strategy and statecraft, at length',
    aliases: ['Meridian', 'TMR', 'メリディアン・レビュー'],
    hosts: ['meridian.localhost'],
    movedHosts: [],
    language: 'en',
    republish: 'excerpt',
    rights: '© 2026 The Meridian Review (an invented outlet)',
  },
  {
    id: 'fortytwo',
    name: 'Fortytwo North',
    tagline: 'Defense hardware and the people who run it',
    aliases: ['42 North', '42N', 'フォーティトゥー・ノース'],
    hosts: ['fortytwo.localhost'],
    movedHosts: [],
    language: 'en',
    republish: 'excerpt',
    rights: '© 2026 Fortytwo North (an invented outlet)',
  },
  {
    id: 'harbor',
    name: 'Harbor & Strait',
    tagline: 'The sea, its law and its neighbors',
    aliases: ['Harbour & Strait', 'ハーバー・アンド・ストレイト'],
    hosts: ['harbor.localhost'],
    movedHosts: [{ from: 'harborandstrait.localhost', to: 'harbor.localhost' }],
    language: 'en',
    republish: 'excerpt',
    rights: '© 2026 Harbor & Strait (an invented outlet)',
  },
  {
    id: 'tradewind',
    name: 'The Tradewind Ledger',
    tagline: 'Energy, trade and the price of power',
    aliases: ['Tradewind', 'トレードウィンド・レジャー'],
    hosts: ['tradewind.localhost'],
    movedHosts: [],
    language: 'en',
    republish: 'link',
    rights: '© 2026 The Tradewind Ledger (an invented outlet)',
  },
]
