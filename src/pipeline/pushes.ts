import type { PushStanding } from '../domain/subscription.ts'
import type { Instant } from '../domain/time.ts'

/** The subscriptions of a running service, as polls see them. Addresses are those of feeds in the config. */
export interface Pushes {
  /** Those whose hub has promised to push at this moment. */
  readonly standings: ReadonlyMap<string, PushStanding>
  /** Before that nobody was there to be delivered to. */
  readonly since: Instant
  /** Takes note that a poll brought what the hub should have brought before. */
  readonly missed: (address: string) => Promise<void>
}
