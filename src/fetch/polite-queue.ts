import PQueue from 'p-queue'

/** How much may be in flight at once. */
export interface Politeness {
  readonly concurrency: number
  /** The limit for each server (`host:port`). */
  readonly perHost: number
}

/** Runs tasks first come, first served, as far as politeness allows. */
export interface PoliteQueue {
  /**
   * Runs `task` once its server and the whole have room, and gives its result. Rejects with the signal's reason if that
   * aborts first, and with an `AbortError` if the queue is cleared. A higher `priority` goes before those that wait.
   *
   * A task must not wait for another `run`: it would hold its room meanwhile.
   */
  readonly run: <T>(server: string, task: () => Promise<T>, priority: number, signal?: AbortSignal) => Promise<T>
  /** Turns away whatever waits; what runs goes on. */
  readonly clear: () => void
}

/** Makes an empty queue. */
export function politeQueue({ concurrency, perHost }: Politeness): PoliteQueue {
  const whole = new PQueue({ concurrency })
  const servers = new Map<string, PQueue>()

  async function run<T>(server: string, task: () => Promise<T>, priority: number, signal?: AbortSignal): Promise<T> {
    const place = signal === undefined ? { priority } : { priority, signal }
    const queue = servers.get(server) ?? new PQueue({ concurrency: perHost })
    servers.set(server, queue)
    try {
      // The server's room comes first: those that wait for a busy server hold up nobody else.
      return await queue.add(() => whole.add(task, place), place)
    } finally {
      if (queue.size === 0 && queue.pending === 0 && servers.get(server) === queue) servers.delete(server)
    }
  }

  function clear(): void {
    for (const queue of servers.values()) queue.clear()
    whole.clear()
  }

  return { run, clear }
}
