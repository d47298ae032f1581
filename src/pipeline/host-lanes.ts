/** Works for hosts, done in the order they come and never more at once for one host than is polite. */
export interface HostLanes {
  readonly add: (host: string, work: () => Promise<void>) => void
  /** Resolves as soon as fewer than `count` works are left. */
  readonly fewerThan: (count: number) => Promise<void>
  /** Resolves when every work is done; rejects with the first failure then. */
  readonly finished: () => Promise<void>
}

interface Host {
  lanes: number
  readonly waiting: (() => Promise<void>)[]
}

/** @param perHost most works under way at once for one host */
export function hostLanes(perHost: number): HostLanes {
  const hosts = new Map<string, Host>()
  const failures: unknown[] = []
  let left = 0
  let ended = Promise.withResolvers<void>()

  async function runLane(host: Host): Promise<void> {
    host.lanes++
    for (let work = host.waiting.shift(); work !== undefined; work = host.waiting.shift()) {
      await work().catch(error => failures.push(error))
      left--
      ended.resolve()
    }
    host.lanes--
  }

  async function fewerThan(count: number): Promise<void> {
    while (left >= count) {
      ended = Promise.withResolvers()
      await ended.promise
    }
  }

  return {
    add: (name, work) => {
      const host = hosts.get(name) ?? { lanes: 0, waiting: [] }
      hosts.set(name, host)
      left++
      host.waiting.push(work)
      if (host.lanes < perHost) void runLane(host)
    },
    fewerThan,
    finished: async () => {
      await fewerThan(1)
      if (failures.length > 0) throw failures[0]
    },
  }
}
