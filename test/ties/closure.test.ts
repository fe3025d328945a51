import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import type { Graph } from '../../src/schema/graph.js'
import { k } from '../../src/schema/k.js'
import { defineGraph as looseGraph, k as loose } from '../schema/loose.js'
import { Database, fatesOf, tiedOf, type World } from './world.js'

/** One holder with one target, tied as `options` say. */
const toOne = (options: Record<string, unknown>): Graph =>
  looseGraph({
    target: loose.model({}, { softDelete: true }),
    holder: loose.model({ target: loose.one('target', options).optional() }, { softDelete: true }),
  })

const pair: World = { target: { t: {} }, holder: { h: { target: 't' }, other: { target: null } } }

describe('R22: what a to-one tie does to the holder', () => {
  test.each([
    ['strong', 'soft', { fates: ['holder h: strong', 'target t: soft'] }],
    ['strong', 'strong', { fates: ['holder h: strong', 'target t: strong'] }],
    ['soft', 'soft', { fates: ['holder h: soft', 'target t: soft'] }],
    ['soft', 'strong', { fates: ['holder h: soft', 'target t: strong'], dangling: ['holder.target h > t'] }],
    ['weak', 'soft', { fates: ['target t: soft'], unset: ['holder.target h > t'] }],
    ['weak', 'strong', { fates: ['target t: strong'], unset: ['holder.target h > t'] }],
    ['dirty', 'soft', { fates: ['target t: soft'] }],
    ['dirty', 'strong', { fates: ['target t: strong'], dangling: ['holder.target h > t'] }],
    ['restrict', 'soft', { fates: ['target t: soft'], blockers: ['holder.target h > t'] }],
    ['restrict', 'strong', { fates: ['target t: strong'], blockers: ['holder.target h > t'] }],
  ] as const)('%s, target goes %s', (onDelete, outcome, expected) => {
    const closure = new Database(toOne({ onDelete }), pair).close('target', ['t'], outcome)
    expect({
      fates: fatesOf(closure),
      unset: tiedOf(closure.unset),
      dangling: tiedOf(closure.dangling),
      blockers: tiedOf(closure.blockers),
    }).toEqual({ unset: [], dangling: [], blockers: [], ...expected })
  })

  test.each(['strong', 'soft', 'weak', 'dirty', 'restrict'] as const)(
    '%s: deleting the holder does nothing to the target',
    (onDelete) => {
      for (const outcome of ['soft', 'strong'] as const) {
        const closure = new Database(toOne({ onDelete }), pair).close('holder', ['h'], outcome)
        expect(fatesOf(closure)).toEqual([`holder h: ${outcome}`])
        expect([closure.unset, closure.dangling, closure.blockers]).toEqual([[], [], []])
      }
    },
  )

  test.each([
    ['strong', 'soft', 'strong'],
    ['strong', 'strong', 'strong'],
    ['soft', 'soft', 'soft'],
    ['soft', 'strong', 'soft'],
  ] as const)('onHolderDelete %s, holder goes %s', (onHolderDelete, outcome, reached) => {
    const graph = looseGraph({
      target: loose.model({}, { softDelete: true }),
      holder: loose.model(
        { target: loose.one('target', { onHolderDelete, onDelete: 'dirty' }).unique() },
        { softDelete: true },
      ),
    })
    const closure = new Database(graph, pair).close('holder', ['h'], outcome)
    expect(fatesOf(closure)).toEqual([`holder h: ${outcome}`, `target t: ${reached}`])
  })
})

describe('R24: holders and targets that were soft-deleted before', () => {
  const buried: World = { target: { t: {} }, holder: { h: { target: 't', deletedBy: 'before' } } }

  test.each([
    ['strong', 'soft', []],
    ['strong', 'strong', ['holder h: strong']],
    ['soft', 'soft', []],
    ['soft', 'strong', []],
  ] as const)('%s, target goes %s', (onDelete, outcome, reached) => {
    const closure = new Database(toOne({ onDelete }), buried).close('target', ['t'], outcome)
    expect(fatesOf(closure)).toEqual([...reached, `target t: ${outcome}`])
  })

  test('soft leaves it dangling and says so', () => {
    const closure = new Database(toOne({ onDelete: 'soft' }), buried).close('target', ['t'], 'strong')
    expect(tiedOf(closure.dangling)).toEqual(['holder.target h > t'])
  })

  test.each([
    ['weak', 'soft', []],
    ['weak', 'strong', ['holder.target h > t']],
  ] as const)('%s, target goes %s', (onDelete, outcome, unset) => {
    const closure = new Database(toOne({ onDelete }), buried).close('target', ['t'], outcome)
    expect(tiedOf(closure.unset)).toEqual(unset)
  })

  test.each([
    ['soft', []],
    ['strong', ['holder.target h > t']],
  ] as const)('restrict, target goes %s', (outcome, blockers) => {
    const closure = new Database(toOne({ onDelete: 'restrict' }), buried).close('target', ['t'], outcome)
    expect(tiedOf(closure.blockers)).toEqual(blockers)
  })

  test('a record that goes for good remembers which deletion had soft-deleted it', () => {
    const closure = new Database(toOne({ onDelete: 'strong' }), buried).close('target', ['t'], 'strong')
    expect([...closure.exhumed.models()].map(([model, ids]) => [model.name, [...ids]])).toEqual([
      ['holder', [['h', 'before']]],
    ])
  })
})

describe('to-many ties', () => {
  const lists = (onDelete: string, options: Record<string, unknown> = {}): Graph =>
    looseGraph({
      target: loose.model({}, { softDelete: true }),
      holder: loose.model({ targets: loose.many('target', { onDelete, ...options }) }, { softDelete: true }),
    })
  const listed: World = { target: { t: {}, s: {} }, holder: { h: { targets: ['t', 's'] } } }

  test.each([
    ['weak', 'soft', {}],
    ['weak', 'strong', {}],
    ['dirty', 'soft', {}],
    ['dirty', 'strong', { dangling: ['holder.targets h > t'] }],
    ['restrict', 'soft', { blockers: ['holder.targets h > t'] }],
    ['restrict', 'strong', { blockers: ['holder.targets h > t'] }],
  ] as const)('%s, target goes %s', (onDelete, outcome, expected) => {
    for (const options of [{}, { inverse: 'holders' }, { layout: 'array' }, { layout: 'join' }]) {
      const closure = new Database(lists(onDelete, options), listed).close('target', ['t'], outcome)
      expect(fatesOf(closure)).toEqual([`target t: ${outcome}`])
      expect({
        dangling: tiedOf(closure.dangling),
        blockers: tiedOf(closure.blockers),
      }).toEqual({ dangling: [], blockers: [], ...expected })
    }
  })

  test('R16: a symmetric restrict blocks from both sides', () => {
    const graph = looseGraph({
      person: loose.model({ friends: loose.many('person', { symmetric: true, onDelete: 'restrict' }) }),
    })
    const world: World = { person: { a: { friends: ['b'] }, b: { friends: [] } } }
    for (const [gone, blocks] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const closure = new Database(graph, world).close('person', [gone], 'strong')
      expect(tiedOf(closure.blockers)).toEqual([`person.friends ${blocks} > ${gone}`])
    }
    expect(new Database(graph, world).close('person', ['a', 'b'], 'strong').blockers).toEqual([])
  })
})

describe('declared records in between', () => {
  const members = (onDelete: 'weak' | 'dirty' | 'restrict') =>
    defineGraph({
      user: k.model({ name: k.string() }, { softDelete: true }),
      group: k.model(
        { members: k.many('user', { inverse: 'groups', through: 'membership', onDelete }) },
        { softDelete: true },
      ),
      membership: k.model({ group: k.one('group'), user: k.one('user') }),
      badge: k.model({ membership: k.one('membership', { onDelete: 'strong' }) }),
    })
  const world: World = {
    user: { u: {} },
    group: { g: {} },
    membership: { m: { group: 'g', user: 'u' } },
    badge: { b: { membership: 'm' } },
  }

  test.each(['weak', 'dirty'] as const)(
    'R23: they go with their holder (%s), and so does what is tied to them',
    (tie) => {
      const closure = new Database(members(tie), world).close('group', ['g'], 'strong')
      expect(fatesOf(closure)).toEqual(['badge b: strong', 'group g: strong', 'membership m: strong'])
    },
  )

  test('R23: weak: they go with their target', () => {
    const closure = new Database(members('weak'), world).close('user', ['u'], 'strong')
    expect(fatesOf(closure)).toEqual(['badge b: strong', 'membership m: strong', 'user u: strong'])
  })

  test('R23: a soft delete of either end leaves them', () => {
    for (const [model, id] of [
      ['user', 'u'],
      ['group', 'g'],
    ] as const) {
      expect(fatesOf(new Database(members('weak'), world).close(model, [id], 'soft'))).toEqual([
        `${model} ${id}: soft`,
      ])
    }
  })

  test('dirty: they stay without their target, and dangle', () => {
    const closure = new Database(members('dirty'), world).close('user', ['u'], 'strong')
    expect(fatesOf(closure)).toEqual(['user u: strong'])
    expect(tiedOf(closure.dangling)).toEqual(['membership.user m > u'])
  })

  test('restrict: the holder of the list blocks', () => {
    const closure = new Database(members('restrict'), world).close('user', ['u'], 'soft')
    expect(tiedOf(closure.blockers)).toEqual(['group.members g > u'])
  })
})

describe('R17: references inside embedded structures', () => {
  const carts = (onDelete: string): Graph =>
    looseGraph({
      product: loose.model({}, { softDelete: true }),
      cart: loose.model(
        { items: loose.array(loose.object({ product: loose.one('product', { onDelete }) })) },
        { softDelete: true },
      ),
    })
  const world: World = {
    product: { p: {}, q: {} },
    cart: { c: { items: [{ product: 'p' }, { product: 'q' }, { product: 'p' }] } },
  }

  test.each([
    ['strong', ['cart c: strong', 'product p: soft'], []],
    ['soft', ['cart c: soft', 'product p: soft'], []],
    ['weak', ['product p: soft'], ['cart.items.product c > p', 'cart.items.product c > p']],
    ['dirty', ['product p: soft'], []],
    ['restrict', ['product p: soft'], []],
  ] as const)('%s', (onDelete, fates, unset) => {
    const closure = new Database(carts(onDelete), world).close('product', ['p'], 'soft')
    expect([fatesOf(closure), tiedOf(closure.unset)]).toEqual([fates, unset])
    expect(closure.blockers.length > 0).toBe(onDelete === 'restrict')
  })
})

describe('cycles, diamonds, self-associations', () => {
  test('mutual one-one ties end', () => {
    const graph = defineGraph({
      husband: k.model({ wife: k.one('wife', { onDelete: 'strong' }).unique().optional() }),
      wife: k.model({ husband: k.one('husband', { onDelete: 'strong', onHolderDelete: 'strong' }).unique() }),
    })
    const world: World = { husband: { h: { wife: 'w' } }, wife: { w: { husband: 'h' } } }
    for (const [model, id] of [
      ['husband', 'h'],
      ['wife', 'w'],
    ] as const) {
      const closure = new Database(graph, world).close(model, [id], 'strong')
      expect(fatesOf(closure)).toEqual(['husband h: strong', 'wife w: strong'])
    }
  })

  const tree = (onDelete: 'strong' | 'soft') =>
    defineGraph({
      node: k.model(
        { parent: k.one('node', { inverse: 'children', onDelete }).optional() },
        { softDelete: true },
      ),
    })
  const chain: World = {
    node: {
      a: { parent: 'd' },
      b: { parent: 'a' },
      c: { parent: 'b' },
      d: { parent: 'c' },
      e: { parent: 'e' },
    },
  }

  test('a circle of a self-association ends, wherever it begins', () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      const closure = new Database(tree('soft'), chain).close('node', [id], 'soft')
      expect(fatesOf(closure)).toEqual(['a', 'b', 'c', 'd'].map((node) => `node ${node}: soft`))
    }
    expect(fatesOf(new Database(tree('strong'), chain).close('node', ['e'], 'strong'))).toEqual([
      'node e: strong',
    ])
  })

  const diamond = defineGraph({
    root: k.model({ name: k.string() }, { softDelete: true }),
    left: k.model({ root: k.one('root', { onDelete: 'soft' }) }, { softDelete: true }),
    right: k.model({ root: k.one('root', { onDelete: 'strong' }) }, { softDelete: true }),
    leaf: k.model(
      {
        left: k.one('left', { onDelete: 'soft' }).optional(),
        right: k.one('right', { onDelete: 'strong' }).optional(),
      },
      { softDelete: true },
    ),
    note: k.model({ leaf: k.one('leaf', { onDelete: 'weak' }).optional() }, { softDelete: true }),
  })
  const shape: World = {
    root: { r: {} },
    left: { l: { root: 'r' } },
    right: { x: { root: 'r' } },
    leaf: { f: { left: 'l', right: 'x' } },
    note: { n: { leaf: 'f' } },
  }

  test('R22: where paths meet, strong beats soft, and a record whose outcome grows is looked at again', () => {
    const closure = new Database(diamond, shape).close('root', ['r'], 'soft')
    expect(fatesOf(closure)).toEqual(['leaf f: strong', 'left l: soft', 'right x: strong', 'root r: soft'])
    expect(tiedOf(closure.unset)).toEqual(['note.leaf n > f'])
    expect(closure.unset[0]).toMatchObject({ outcome: 'strong' })
  })

  test('R22: an outcome that grows in a later step drops the weak unset of its holder', () => {
    const graph = defineGraph({
      a: k.model({ name: k.string() }),
      b: k.model({ a: k.one('a', { onDelete: 'strong' }) }),
      c: k.model({ b: k.one('b', { onDelete: 'strong' }), a: k.one('a', { onDelete: 'weak' }).optional() }),
    })
    const world: World = { a: { a: {} }, b: { b: { a: 'a' } }, c: { c: { b: 'b', a: 'a' } } }
    const closure = new Database(graph, world).close('a', ['a'], 'strong')
    expect(fatesOf(closure)).toEqual(['a a: strong', 'b b: strong', 'c c: strong'])
    expect(closure.unset).toEqual([])
  })

  test('R22: restrict is judged when all outcomes are final: a holder that is deleted in the same closure does not block', () => {
    const graph = defineGraph({
      user: k.model({ name: k.string() }, { softDelete: true }),
      order: k.model({ user: k.one('user', { onDelete: 'soft' }) }, { softDelete: true }),
      line: k.model(
        { order: k.one('order', { onDelete: 'soft' }), user: k.one('user', { onDelete: 'restrict' }) },
        { softDelete: true },
      ),
    })
    const world: World = {
      user: { u: {} },
      order: { o: { user: 'u' } },
      line: { l: { order: 'o', user: 'u' } },
    }
    expect(new Database(graph, world).close('user', ['u'], 'soft').blockers).toEqual([])
    // Under a hard delete a soft-deleted holder still blocks.
    expect(tiedOf(new Database(graph, world).close('user', ['u'], 'strong').blockers)).toEqual([
      'line.user l > u',
    ])
  })

  test('paths: every record says over which association it was reached, from which record, in how many steps', () => {
    const closure = new Database(diamond, shape).close('root', ['r'], 'soft')
    const leaf = [...closure.fates.models()].find(([model]) => model.name === 'leaf')![1].get('f')!
    expect(leaf.level).toBe(2)
    expect(leaf.via).toMatchObject({ tie: 'strong', id: 'x', edge: { association: 'leaf.right' } })
  })
})

describe('R25', () => {
  test('a strong tie hard-deletes even under a soft delete, and what hangs below it goes softly or for good by its own tie', () => {
    const graph = defineGraph({
      user: k.model({ name: k.string() }, { softDelete: true }),
      session: k.model({ user: k.one('user', { onDelete: 'strong' }) }),
      event: k.model({ session: k.one('session', { onDelete: 'soft' }) }, { softDelete: true }),
    })
    const world: World = { user: { u: {} }, session: { s: { user: 'u' } }, event: { e: { session: 's' } } }
    const closure = new Database(graph, world).close('user', ['u'], 'soft')
    expect(fatesOf(closure)).toEqual(['event e: soft', 'session s: strong', 'user u: soft'])
    expect(tiedOf(closure.dangling)).toEqual(['event.session e > s'])
    expect(closure.orphans.map(({ child, parent }) => [child.id, parent.id])).toEqual([['e', 's']])
  })

  test('the size is told as it grows, so that a closure that is too large is refused in time', () => {
    const graph = defineGraph({
      node: k.model({ parent: k.one('node', { onDelete: 'strong' }).optional() }),
    })
    const node = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [
        String(at),
        { parent: at === 0 ? null : String((at - 1) >> 1) },
      ]),
    )
    const sizes: number[] = []
    new Database(graph, { node }).close('node', ['0'], 'strong', (size) => sizes.push(size))
    expect(sizes).toEqual([1, 3, 7, 15, 31, 63, 100])
    expect(() =>
      new Database(graph, { node }).close('node', ['0'], 'strong', (size) => {
        if (size > 10) throw new Error('too large')
      }),
    ).toThrow('too large')
  })

  test('the number of questions grows with the levels, not with the records', () => {
    const graph = defineGraph({
      a: k.model({ name: k.string() }),
      b: k.model({ a: k.one('a', { onDelete: 'strong' }) }),
      c: k.model({ b: k.one('b', { onDelete: 'strong' }) }),
    })
    const world = (size: number): World => {
      const list = Array.from({ length: size }, (_, at) => String(at))
      return {
        a: { a: {} },
        b: Object.fromEntries(list.map((id) => [id, { a: 'a' }])),
        c: Object.fromEntries(list.map((id) => [id, { b: id }])),
      }
    }
    const asked = [1, 100].map((size) => {
      const database = new Database(graph, world(size))
      expect(database.close('a', ['a'], 'strong').fates.size).toBe(2 * size + 1)
      return database.questions.length
    })
    expect(asked).toEqual([5, 5])
  })
})
