import { FetchFailure } from './fetch-failure.ts'

/**
 * Runs `work` for at most `limitMs` and until one of `stops` aborts. Then the signal it was given aborts and the promise
 * rejects at once, whether or not the work listens: a connection that is being opened cannot be called back.
 *
 * @throws FetchFailure `timeout` or `interrupted`
 */
export async function withTimeLimit<T>(
  limitMs: number,
  stops: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (stops.some(({ aborted }) => aborted)) throw interruption()
  const controller = new AbortController()
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = (failure: FetchFailure) => {
    reject(failure)
    controller.abort(failure)
  }
  const interrupt = () => stop(interruption())
  const timer = setTimeout(() => stop(new FetchFailure('timeout', 'The answer was not complete in time.')), limitMs)
  for (const signal of stops) signal.addEventListener('abort', interrupt)
  try {
    return await Promise.race([work(controller.signal), stopped])
  } finally {
    clearTimeout(timer)
    for (const signal of stops) signal.removeEventListener('abort', interrupt)
  }
}

/** The failure of a fetch that was called off from outside. */
export function interruption(): FetchFailure {
  return new FetchFailure('interrupted', 'The fetch was called off.')
}
