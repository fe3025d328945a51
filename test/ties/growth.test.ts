import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { Database, fatesOf, tiedOf, type World } from './world.js'

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
    const [, leaf] = closure.records.find(([{ model }]) => model.name === 'leaf')!
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
      expect(database.close('a', ['a'], 'strong').tally.size).toBe(2 * size + 1)
      return database.questions.length
    })
    expect(asked).toEqual([5, 5])
  })
})
