/** One oracle and every variant, empty in the beginning, asked the same calls. */
import { connect } from '../../engine/connect.js'
import type { Store } from '../../store/store.js'
import { type GraphDescription, Oracle } from '../oracle/index.js'
import type { AnyDb } from './any-db.js'
import { ask, tell, withStrategy } from './ask.js'
import { buildGraph } from './build-graph.js'
import { type Call, writes } from './call.js'
import { collidesInPassing, isOtherCollision, isTaken, Undecided } from './collisions.js'
import { type CompareMirrors, mirrorsOf } from './mirrors.js'
import { answered, answeredLater, isRefused, observed } from './observed.js'
import { endsOf } from './random-ends.js'
import type { Variant } from './variant.js'

/** A call that a variant answers differently from the oracle. */
export interface Difference {
  readonly call: Call
  readonly variant: Variant
  readonly expected: string
  readonly answer: string
}

/** Two differences with the same signature are taken for the same fault: what was asked, and how each answered. */
export function signatureOf({ call, expected, answer }: Difference): string {
  const ways = waysOf(JSON.parse(expected), JSON.parse(answer))
  return [call.method, ...ways].join(' ')
}

/** Of a transaction, how the first call in it that differs was answered. */
function waysOf(expected: unknown, answer: unknown): string[] {
  const [told, given] = [answersOf(expected), answersOf(answer)]
  const place = told.findIndex((one, index) => JSON.stringify(one) !== JSON.stringify(given[index]))
  return place === -1 ? [wayOf(expected), wayOf(answer)] : waysOf(told[place], given[place])
}

const answersOf = (answer: unknown): readonly unknown[] =>
  (answer as { readonly answers?: readonly unknown[] } | null)?.answers ?? []

/** A refusal by its code, a fault by how it begins; the values of answers say nothing. */
const wayOf = (answer: unknown): string => (isRefused(answer) ? answer.refused.slice(0, 60) : 'answers')

interface Opened {
  readonly variant: Variant
  readonly db: AnyDb
  readonly store: Store
  readonly mirrors: CompareMirrors | null
}

export class Trial {
  readonly description: GraphDescription
  readonly oracle: Oracle
  readonly #opened: readonly Opened[]
  readonly #strategies: 'all' | 'in turn'
  #turn = 0

  private constructor(
    description: GraphDescription,
    opened: readonly Opened[],
    strategies: 'all' | 'in turn',
  ) {
    this.description = description
    this.oracle = new Oracle(description)
    this.#opened = opened
    this.#strategies = strategies
  }

  /** @param strategies whether a read is asked again by each strategy of a variant, or by one of them, another every time */
  static async open(
    description: GraphDescription,
    variants: readonly Variant[],
    strategies: 'all' | 'in turn' = 'all',
  ): Promise<Trial> {
    const opened: Opened[] = []
    try {
      for (const variant of variants) opened.push(await openVariant(description, variant))
    } catch (error) {
      await closeAll(opened)
      throw error
    }
    return new Trial(description, opened, strategies)
  }

  /**
   * Asks everybody, and after a write what is stored then.
   *
   * @returns null where all agree; 'undecided' where a store may refuse what the oracle accepts, so that nothing can be compared
   * any more
   */
  async run(call: Call): Promise<Difference | 'undecided' | null> {
    const before = this.oracle.world
    this.#turn++
    const outcome = await this.#compare(call, before, true)
    if (outcome !== null || !writes(call)) return outcome
    for (const look of contents(this.description)) {
      const changed = await this.#compare(look, before)
      if (changed !== null) return changed
    }
    return this.#outOfStep(call)
  }

  close(): Promise<void> {
    return closeAll(this.#opened)
  }

  /** @param ways asks a read by strategies, too */
  async #compare(
    call: Call,
    before: Oracle['world'],
    ways = false,
  ): Promise<Difference | 'undecided' | null> {
    const told = this.#tell(call)
    if (told.error instanceof Undecided) return 'undecided'
    for (const { variant, db } of this.#opened) {
      for (const asked of ways ? [call, ...this.#waysOf(variant, call)] : [call]) {
        const given = await answeredLater(async () => observed(asked, await ask(db, asked)))
        const answer = JSON.stringify(given)
        if (answer === told.expected) continue
        if (isRefused(given) && isTaken(given.refused)) {
          const { graph, world } = this.oracle
          if (isOtherCollision(told.error, given.refused)) continue
          if (!isRefused(told.answer) && collidesInPassing(call, graph, before, world)) return 'undecided'
        }
        return { call: asked, variant, expected: told.expected, answer }
      }
    }
    return null
  }

  /** What the two ends of a mirror keep is seen in different reads, so that neither shows that the other differs. */
  async #outOfStep(call: Call): Promise<Difference | null> {
    for (const { variant, mirrors } of this.#opened) {
      const [odd] = (await mirrors?.()) ?? []
      if (odd === undefined) continue
      const expected = JSON.stringify('both ends keep the same')
      return { call, variant, expected, answer: JSON.stringify({ refused: `FAULT ${odd}` }) }
    }
    return null
  }

  /** The same read by strategies that the variant wants to be asked by. */
  #waysOf({ strategies = [] }: Variant, call: Call): Call[] {
    const one = strategies[this.#turn % strategies.length]
    const asked = this.#strategies === 'all' || one === undefined ? strategies : [one]
    return asked.flatMap((strategy) => withStrategy(call, strategy) ?? [])
  }

  #tell(call: Call): { readonly answer: unknown; readonly expected: string; readonly error: unknown } {
    let error: unknown = null
    const answer = answered(() => {
      try {
        return observed(call, tell(this.oracle, call))
      } catch (thrown) {
        error = thrown
        throw thrown
      }
    })
    const expected = JSON.stringify(answer)
    if (expected.startsWith('{"refused":"FAULT') && !(error instanceof Undecided)) {
      throw new Error(`The oracle fails: ${expected}`, { cause: error })
    }
    return { answer, expected, error }
  }
}

async function openVariant(description: GraphDescription, variant: Variant): Promise<Opened> {
  const store = await variant.open()
  const connectLoosely = connect as unknown as (graph: unknown, store: Store) => Promise<AnyDb>
  const graph = buildGraph(description, variant.layoutOf)
  const db = await connectLoosely(graph, store)
  await db.sync()
  return { variant, db, store, mirrors: await mirrorsOf(store, graph) }
}

async function closeAll(opened: readonly Opened[]): Promise<void> {
  for (const { db, store } of opened) {
    await db.close()
    await store.close()
  }
}

/** Everything that is stored: raw ids as they are, and every end with its pairs. */
function* contents(description: GraphDescription): Generator<Call> {
  for (const model of Object.keys(description.models)) {
    const ends = endsOf(description, model).map((end) => [end.name, { select: ['id'], deleted: 'include' }])
    const query = { deleted: 'include', ...(ends.length > 0 && { count: countsOf(description, model) }) }
    yield { model, method: 'find', args: [{ deleted: 'include' }] }
    if (ends.length === 0) continue
    const populate = Object.fromEntries(ends) as object
    yield { model, method: 'find', args: [{ ...query, select: ['id'], populate }] }
  }
}

function countsOf(description: GraphDescription, model: string): object {
  const lists = endsOf(description, model).filter((end) => end.many)
  return Object.fromEntries(lists.map((end) => [end.name, true]))
}
