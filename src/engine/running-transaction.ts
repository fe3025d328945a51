import { fail } from '../errors/index.js'
import type { CommitEvent } from '../schema/hooks.js'
import type { Session } from '../store/read.js'

/**
 * A transaction while it runs, as its operations share it. Writes come one after another in the order of
 * their calls, because each looks before it writes; one that fails dooms the whole (R31).
 */
export class RunningTransaction {
  readonly session: Session
  /** what `afterCommit` hooks will be told, in order */
  readonly events: CommitEvent[]
  #over = false
  #doom: { readonly cause: unknown } | null = null
  #last: Promise<unknown> = Promise.resolve()

  constructor(session: Session, events: CommitEvent[]) {
    this.session = session
    this.events = events
  }

  /**
   * @throws KIN_TRANSACTION_MISUSE when the transaction is over, KIN_TRANSACTION_DOOMED after a failed write
   */
  check(): void {
    if (this.#over) {
      fail('KIN_TRANSACTION_MISUSE', {
        message: '`tx` was used after its transaction had ended.',
        hint: 'Await everything that the transaction callback does, and use `db` afterwards.',
      })
    }
    this.#refuseDoomed()
  }

  async write<T>(body: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => {
      this.check()
      return body()
    })
    this.#last = turn.catch((cause: unknown) => {
      this.#doom ??= { cause }
    })
    return turn
  }

  /** Waits for writes that nobody awaited. @throws KIN_TRANSACTION_DOOMED where one failed, caught or not */
  async settle(): Promise<void> {
    await this.#last
    this.#refuseDoomed()
  }

  get isOver(): boolean {
    return this.#over
  }

  /** From now on nothing can be done through it. */
  close(): void {
    this.#over = true
  }

  #refuseDoomed(): void {
    if (this.#doom) fail('KIN_TRANSACTION_DOOMED', { cause: this.#doom.cause })
  }
}
