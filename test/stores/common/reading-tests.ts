/** What every store reads alike, in every strategy. */
import { describe, expect, test } from 'vitest'
import { always, type Value } from '../../../src/store/filter.js'
import type { ReadNode, Strategy } from '../../../src/store/read.js'
import {
  all,
  any,
  byId,
  child,
  compare,
  fixed,
  isNull,
  link,
  live,
  node,
  order,
  record,
  related,
} from './build.js'
import type { Difference } from './difference.js'
import { end, model, shapes } from './shapes.js'

const root = (of: string, more: Partial<ReadNode> = {}) => node(of, { order: [byId(of)], ...more })
const slot = (at: number): Value => ({ slot: at })

const ends = [...shapes.models.values()].flatMap((from) =>
  [...from.ends.values(), ...from.embedded].map((edge) => [from.name, edge.path.join('.')] as const),
)
const strategiesOf = (of: string, name: string): Strategy[] => {
  const edge = end(of, name)
  if (edge.embedded) return ['batch']
  return edge.many ? ['aggregate', 'batch'] : ['join', 'batch']
}
const cases = ends.flatMap(([of, name]) =>
  strategiesOf(of, name).map((strategy) => [of, name, strategy] as const),
)

/** Declares the tests for a store, which `difference` compares with plain objects. */
export const testReading = (difference: Difference): void => {
  describe('every edge in every strategy', () => {
    test.each(cases)('R9, R10, R20: %s.%s by %s', async (of, name, strategy) => {
      expect(await difference(root(of, { children: [child(of, name, strategy)] }))).toBeNull()
    })

    test.each(cases)('R20: %s.%s by %s, deleted ones included', async (of, name, strategy) => {
      expect(
        await difference(
          root(of, { scope: always, children: [child(of, name, strategy, { scope: always })] }),
        ),
      ).toBeNull()
    })

    test.each(cases.filter(([of, name]) => end(of, name).many && !end(of, name).embedded))(
      '%s.%s by %s: limit and offset are per parent, in the order asked for',
      async (of, name, strategy) => {
        const to = end(of, name).to.name
        for (const terms of [[], [order(record(to, 'id'), 'desc')]]) {
          const window = { limit: slot(0), offset: slot(1), order: terms }
          expect(
            await difference(root(of, { children: [child(of, name, strategy, window)] }), [2, 1]),
          ).toBeNull()
          expect(
            await difference(
              root(of, { children: [child(of, name, strategy, { ...window, offset: null })] }),
              [1, 0],
            ),
          ).toBeNull()
          expect(
            await difference(
              root(of, { children: [child(of, name, strategy, { ...window, limit: null })] }),
              [2, 1],
            ),
          ).toBeNull()
        }
      },
    )

    test.each(cases.filter(([of, name]) => end(of, name).payload.size > 0))(
      '%s.%s by %s: filtered and ordered by the payload, shown as $link',
      async (of, name, strategy) => {
        const edge = end(of, name)
        const [payload = ''] = edge.payload.keys()
        const by = link(edge, payload)
        const terms = [order(by, 'desc'), byId(edge.to.name)]
        const shown = child(of, name, strategy, { where: isNull(by, true), order: terms })
        expect(await difference(root(of, { children: [shown] }))).toBeNull()
        expect(
          await difference(
            root(of, { children: [child(of, name, strategy, { order: terms, limit: slot(0) })] }),
            [2],
          ),
        ).toBeNull()
        expect(
          await difference(root(of, { children: [{ ...child(of, name, strategy), link: [] }] })),
        ).toBeNull()
      },
    )
  })

  const toUsers = cases.filter(([of, name]) => end(of, name).to.name === 'user')

  test.each(toUsers)(
    '%s.%s by %s: filtered by what lies beyond, still in order',
    async (of, name, strategy) => {
      const mentor = end('user', 'mentor')
      const some = compare(record('user', 'id'), 'gt', fixed('a'))
      const certain = compare(record('user', 'id'), 'in', fixed(['a', 'B', 'd', 'g']))
      for (const where of [related(mentor, some), related(mentor, certain), related(end('user', 'clubs'))]) {
        for (const limit of [null, fixed(2)]) {
          const filtered = child(
            of,
            name,
            strategy,
            limit === null || end(of, name).many ? { where, limit } : { where },
          )
          expect(await difference(root(of, { children: [filtered] }))).toBeNull()
        }
      }
    },
  )

  describe('nested', () => {
    const strategies: Strategy[] = ['aggregate', 'batch']

    test.each(strategies)(
      'lists inside lists, joined records and counts inside them (%s)',
      async (strategy) => {
        const author = child('post', 'author', 'join', {
          counts: [{ name: 'groups', edge: end('user', 'groups'), scope: always, where: always }],
        })
        const reviewers = child('post', 'reviewers', strategy, {
          children: [child('user', 'mentor', 'join')],
        })
        const posts = child('user', 'posts', strategy, {
          children: [author, reviewers, child('post', 'hashtags', strategy)],
          order: [order(record('post', 'stars'), 'desc'), byId('post')],
          limit: slot(0),
          counts: [{ name: 'reviewers', edge: end('post', 'reviewers'), scope: live('user'), where: always }],
        })
        expect(
          await difference(root('user', { children: [posts, child('user', 'groups', strategy)] }), [3]),
        ).toBeNull()
      },
    )

    test('batches hang at joined records, and share their statement', async () => {
      const author = child('post', 'author', 'join', {
        children: [
          child('user', 'groups', 'batch'),
          child('user', 'mentor', 'join', { children: [child('user', 'teams', 'batch')] }),
        ],
      })
      expect(await difference(root('post', { children: [author] }))).toBeNull()
    })

    test('self-associations keep their sides apart through several levels', async () => {
      const below = child('user', 'mentees', 'aggregate', {
        children: [child('user', 'followers', 'aggregate')],
      })
      const above = child('user', 'mentor', 'join', { children: [child('user', 'mentor', 'join')] })
      expect(
        await difference(root('user', { children: [below, above, child('user', 'follows', 'batch')] })),
      ).toBeNull()
    })

    test('counts see visible targets only (R20)', async () => {
      const counts = [...model('user').ends.values()]
        .filter((edge) => edge.many)
        .map((edge) => ({ name: edge.name ?? '', edge, scope: live(edge.to.name), where: always }))
      expect(await difference(root('user', { counts }))).toBeNull()
    })
  })

  describe('order', () => {
    test('R9: null is the smallest, in both directions, for every kind', async () => {
      for (const name of [
        'name',
        'age',
        'score',
        'balance',
        'price',
        'views',
        'active',
        'born',
        'role',
        'notes',
      ]) {
        for (const direction of ['asc', 'desc'] as const) {
          expect(
            await difference(node('user', { order: [order(record('user', name), direction), byId('user')] })),
          ).toBeNull()
        }
      }
    })

    test('by members of embedded objects', async () => {
      for (const name of ['city', 'floor', 'rent', 'ratio', 'since', 'owned', 'country']) {
        expect(
          await difference(
            node('user', { order: [order(record('user', 'address', name), 'desc'), byId('user')] }),
          ),
        ).toBeNull()
      }
    })

    test('R9: through to-one ends; what is hidden or missing sorts as null', async () => {
      const via = [
        { edge: end('post', 'author'), scope: live('user') },
        { edge: end('user', 'mentor'), scope: live('user') },
      ]
      expect(
        await difference(node('post', { order: [order(record('user', 'name'), 'desc', via), byId('post')] })),
      ).toBeNull()
      const profile = [{ edge: end('user', 'profile'), scope: always }]
      expect(
        await difference(
          node('user', { order: [order(record('profile', 'bio'), 'asc', profile), byId('user')] }),
        ),
      ).toBeNull()
      const country = [{ edge: end('user', 'address.country'), scope: always }]
      expect(
        await difference(
          node('user', { order: [order(record('country', 'name'), 'asc', country), byId('user')] }),
        ),
      ).toBeNull()
      const posts = child('user', 'posts', 'batch', {
        order: [order(record('user', 'name'), 'asc', via), byId('post')],
      })
      expect(await difference(root('user', { children: [posts] }))).toBeNull()
    })

    test('by the number of visible targets', async () => {
      const by = {
        edge: end('user', 'posts'),
        scope: live('post'),
        where: isNull(record('post', 'stars'), true),
      }
      expect(
        await difference(node('user', { order: [{ direction: 'desc', via: [], by }, byId('user')] })),
      ).toBeNull()
      const via = [{ edge: end('post', 'author'), scope: live('user') }]
      expect(
        await difference(node('post', { order: [{ direction: 'asc', via, by }, byId('post')] })),
      ).toBeNull()
    })
  })

  describe('root', () => {
    test('limit and offset, with values of their own', async () => {
      expect(await difference(root('user', { limit: slot(0), offset: slot(1) }), [3, 2])).toBeNull()
      expect(await difference(root('user', { limit: null, offset: slot(0) }), [4])).toBeNull()
      const where = all(
        any(compare(record('user', 'name'), 'gte', slot(1)), isNull(record('user', 'name'))),
        related(end('user', 'groups')),
      )
      expect(await difference(root('user', { where, limit: slot(0) }), [3, 'B'])).toBeNull()
    })

    test('a to-one filter joined to the root does not repeat or lose records', async () => {
      const mentor = related(end('user', 'mentor'), isNull(record('user', 'name'), true))
      expect(await difference(root('user', { where: mentor }))).toBeNull()
      expect(await difference(root('post', { where: related(end('post', 'author'), mentor) }))).toBeNull()
      expect(
        await difference(
          root('post', {
            where: any(
              related(end('post', 'author'), mentor),
              compare(record('post', 'stars'), 'gt', fixed(1)),
            ),
          }),
        ),
      ).toBeNull()
    })
  })

  describe('edges that nobody named, and keys of several parts', () => {
    const unnamed = [...shapes.associations]
      .filter((edge) => edge.reverse.name === null)
      .map((edge) => edge.reverse)

    test.each(unnamed.map((edge) => [edge.association, edge] as const))(
      'R17: from the target of %s to its holders, each once',
      async (_, edge) => {
        const holders = { edge, path: ['holders'], link: [], node: node(edge.to.name), reason: '' }
        for (const strategy of ['batch', 'aggregate'] as const) {
          expect(await difference(root(edge.from.name, { children: [{ ...holders, strategy }] }))).toBeNull()
          const window = { ...holders, strategy, node: node(edge.to.name, { limit: slot(0) }) }
          expect(await difference(root(edge.from.name, { children: [window] }), [1])).toBeNull()
        }
      },
    )

    test('a key of two parts', async () => {
      const reverse = end('user', 'posts')
      const key = { paths: [['name'], ['age']], many: false }
      const edge = { ...reverse, from: model('user'), to: model('user'), fromKey: key, toKey: key }
      for (const strategy of ['batch', 'aggregate'] as const) {
        const alike = { edge, path: ['alike'], link: [], node: node('user'), strategy, reason: '' }
        expect(await difference(root('user', { children: [alike] }))).toBeNull()
        expect(
          await difference(
            root('user', { children: [{ ...alike, node: node('user', { limit: slot(0) }) }] }),
            [1],
          ),
        ).toBeNull()
      }
      expect(
        await difference(
          root('user', { where: related(edge, compare(record('user', 'age'), 'gte', fixed(0))) }),
        ),
      ).toBeNull()
    })
  })
}
