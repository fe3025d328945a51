import { abortedBy, throwIfAborted } from '../../store/aborted.js'

/** Turns, one at a time, first come first served (R28). */
export class WriterQueue {
  #taken = false
  // A set, so that whoever gives up leaves without a search; it keeps the order of arrival.
  readonly #waiting = new Set<() => void>()

  get taken(): boolean {
    return this.#taken
  }

  /** Takes the turn: at once where it is free, otherwise when everyone before has given it back. */
  take(signal?: AbortSignal): void | Promise<void> {
    throwIfAborted(signal)
    if (this.#taken) return this.#wait(signal)
    this.#taken = true
  }

  /** Gives the turn to whoever waits longest. */
  give(): void {
    const [next] = this.#waiting
    if (next === undefined) this.#taken = false
    else next()
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(turn)
        signal?.removeEventListener('abort', giveUp)
      }
      const turn = (): void => {
        leave()
        resolve()
      }
      const giveUp = (): void => {
        leave()
        if (signal) reject(abortedBy(signal))
      }
      this.#waiting.add(turn)
      signal?.addEventListener('abort', giveUp)
    })
  }
}

const shared = new Map<string, { readonly queue: WriterQueue; users: number }>()

/** The queue of a file, shared by all stores of this process that have it open; `leave` it when the file is closed. */
export function joinQueue(file: string): { readonly queue: WriterQueue; leave(): void } {
  const entry = shared.get(file) ?? { queue: new WriterQueue(), users: 0 }
  shared.set(file, entry)
  entry.users++
  return {
    queue: entry.queue,
    leave() {
      entry.users--
      if (entry.users === 0) shared.delete(file)
    },
  }
}
