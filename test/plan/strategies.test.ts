import { describe, expect, it } from 'vitest'
import { chooseStrategies } from '../../src/plan/choose-strategy.js'
import type { SettledNode } from '../../src/plan/draft.js'
import { planRead, type PlanStep } from '../../src/plan/plan.js'
import type { Capabilities } from '../../src/store/store.js'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { library } from './graphs.js'
import { capabilities, errorOf, parse } from './support.js'

const settle = (query: unknown, model = 'author', store: Capabilities = capabilities): SettledNode =>
  chooseStrategies(parse(library, model, query), store)

/** `path: strategy` of every node. */
function strategies(node: SettledNode, around = ''): string[] {
  return node.children.flatMap((child) => {
    const path = `${around}${child.path.join('.')}`
    return [`${path}: ${child.strategy}`, ...strategies(child.node, `${path}.`)]
  })
}

const chosen = (query: unknown, model?: string, store?: Capabilities): string[] =>
  strategies(settle(query, model, store))

describe('the strategy of a node', () => {
  it('is the first of the store’s that fits', () => {
    const query = {
      populate: { mentor: true, books: { populate: { author: true, chapters: { by: true } } } },
    }
    expect(chosen(query)).toEqual([
      'mentor: join',
      'books: batch',
      'books.author: join',
      'books.chapters.by: batch',
    ])
    const aggregating = { ...capabilities, strategies: ['join', 'aggregate', 'batch'] as const }
    expect(
      chosen({ populate: { students: { populate: { students: true } } } }, 'author', aggregating),
    ).toEqual(['students: aggregate', 'students.students: aggregate'])
    expect(
      chosen({ populate: { mentor: true } }, 'author', { ...capabilities, strategies: ['batch'] }),
    ).toEqual(['mentor: batch'])
  })

  it('is a join below one record only, where a store joins best so', () => {
    const joining = { ...capabilities, joinsForOne: true }
    const populate = { mentor: { populate: { agent: true } }, books: { populate: { author: true } } }
    const [id] = ['0'.repeat(24)]
    expect(chosen({ where: { id }, populate }, 'author', joining)).toEqual([
      'mentor: join',
      'mentor.agent: join',
      'books: batch',
      'books.author: batch',
    ])
    expect(chosen({ populate }, 'author', joining)).toEqual([
      'mentor: batch',
      'mentor.agent: batch',
      'books: batch',
      'books.author: batch',
    ])
    expect(
      chosen({ populate: { mentor: { strategy: 'join' } } }, 'author', { ...joining, strategies: ['join'] }),
    ).toEqual(['mentor: join'])
  })

  it('has its reason', () => {
    const [books] = settle({ populate: { books: true } }).children
    expect(books?.reason).toBe('one statement for all parents (no join, because it leads to many records)')
    const [mentor] = settle({ populate: { mentor: { strategy: 'batch' } } }).children
    expect(mentor?.reason).toBe('asked for by the node')
  })

  it('is that of the node, else that of the query where it fits', () => {
    const query = {
      strategy: 'batch',
      populate: { mentor: { strategy: 'join' }, agent: true, students: true },
    }
    expect(chosen(query)).toEqual(['mentor: join', 'agent: batch', 'students: batch'])
    expect(chosen({ strategy: 'join', populate: { students: true, agent: true } })).toEqual([
      'students: batch',
      'agent: join',
    ])
  })

  it('joins a limited number of ends into one statement', () => {
    const ends = Array.from({ length: 30 }, (_, n) => `end${n}`)
    const graph = defineGraph({
      hub: k.model(Object.fromEntries(ends.map((name) => [name, k.one('spoke')]))),
      spoke: k.model({}),
    } as never)
    const populate = Object.fromEntries(ends.map((name) => [name, true]))
    const { children } = chooseStrategies(parse(graph, 'hub', { populate }), capabilities)
    expect(children.filter((child) => child.strategy === 'join')).toHaveLength(24)
    expect(children[29]?.reason).toBe(
      'one statement for all parents (no join, because 24 ends are joined already)',
    )
  })

  it('keeps everything below an aggregated list in its statement', () => {
    const query = {
      populate: { students: { strategy: 'aggregate', populate: { mentor: true, students: true } } },
    }
    expect(chosen(query)).toEqual([
      'students: aggregate',
      'students.mentor: join',
      'students.students: aggregate',
    ])
  })
})

describe('a strategy that cannot load the node', () => {
  it.each([
    [{ books: { strategy: 'join' } }, `'join' cannot load populate.books, because it leads to many records.`],
    [
      { mentor: { strategy: 'aggregate' } },
      `'aggregate' cannot load populate.mentor, because it leads to one record, which is joined.`,
    ],
    [
      { books: { strategy: 'aggregate' } },
      `'aggregate' cannot load populate.books, because "weight" (number) would lose exactness.`,
    ],
    [
      { students: { strategy: 'aggregate', populate: { books: true } } },
      `'aggregate' cannot load populate.students, because "books" below it needs a statement of its own: "weight" (number) would lose exactness.`,
    ],
    [
      { books: { strategy: 'aggregate', select: ['title'], populate: { chapters: { by: true } } } },
      `'aggregate' cannot load populate.books, because "chapters.by" below it needs a statement of its own: its ids sit inside an embedded structure.`,
    ],
    [
      { students: { strategy: 'aggregate', populate: { mentor: { strategy: 'batch' } } } },
      `'batch' cannot load populate.students.populate.mentor, because it shares the statement of the aggregated list above it.`,
    ],
  ])('%j', (populate, message) => {
    const error = errorOf(() => settle({ populate }))
    expect(error.code).toBe('KIN_INVALID_QUERY')
    expect(error.message).toBe(`The strategy ${message}`)
  })

  it('R8: an inverse end is read in batches where deleted holders are looked at', () => {
    const query = { populate: { author: { deleted: 'include' } } }
    const [author] = settle(query, 'agent').children
    expect(author?.strategy).toBe('batch')
    expect(author?.latest?.name).toBe('deletedAt')
    expect(author?.node.order.map(({ by }) => 'field' in by && by.field.name)).toEqual(['deletedAt', 'id'])
    expect(
      errorOf(() => settle({ populate: { author: { deleted: 'only', strategy: 'join' } } }, 'agent')).message,
    ).toBe(
      "The strategy 'join' cannot load populate.author, because several deleted records may stand at this end.",
    )
  })

  it('a store that has none', () => {
    const error = errorOf(() =>
      settle({ populate: { books: true } }, 'author', { ...capabilities, strategies: ['join'] }),
    )
    expect(error.code).toBe('KIN_CAPABILITY')
  })
})

describe('a plan', () => {
  const plan = (query: unknown, model = 'author'): PlanStep => planRead(settle(query, model))

  it('is one statement, and one more for each batched node', () => {
    const step = plan({ populate: { mentor: { populate: { books: true } }, students: true, agent: true } })
    expect(step.batches.map((batch) => [batch.at, batch.step.path])).toEqual([
      [['mentor'], ['mentor', 'books']],
      [[], ['students']],
    ])
  })

  it('carries the keys of the batches, each once', () => {
    const step = plan({ populate: { students: true, books: true, mentor: { populate: { students: true } } } })
    expect(step.request.carry.map(({ at, fields }) => [at, fields.map((field) => field.name)])).toEqual([
      [[], ['id']],
      [['mentor'], ['id']],
    ])
    expect(step.batches.map((batch) => batch.carry)).toEqual([0, 0, 1])
  })

  it('reads a list of stored ids by its owner, and embedded ids by themselves', () => {
    const step = plan({ populate: { tags: true, chapters: { by: true } } }, 'book')
    expect(step.batches.map(({ carry }) => carry)).toEqual([0, null])
    expect(step.request.carry).toHaveLength(1)
    expect(step.batches.map((batch) => batch.step.request.by?.association)).toEqual([
      'book.tags',
      'book.chapters.by',
    ])
  })

  it('is plain data, which can be printed', () => {
    const step = plan({ where: { name: 'a' }, populate: { students: { limit: 2 } } })
    const seen = new Set<unknown>()
    const text = JSON.stringify(step, (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null) return value
      if (seen.has(value)) return '(again)'
      seen.add(value)
      return value
    })
    expect(text).toContain('"path":["students"]')
  })
})
