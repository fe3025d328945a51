import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import type { Outcome } from '../../src/ties/fate.js'
import { type Lineage, newLineage, oldLineage } from '../../src/ties/lineage.js'
import { Database, type World } from './world.js'

const soft = { softDelete: true } as const
/** A soft-deleted user takes sessions along for good, and those their devices softly; a device has logs. */
const graph = defineGraph({
  user: k.model({ name: k.string() }, soft),
  session: k.model(
    {
      user: k.one('user', { onDelete: 'strong' }).optional(),
      by: k.one('user', { onDelete: 'strong' }).optional(),
      device: k.one('device', { onDelete: 'dirty', onHolderDelete: 'soft' }).unique().optional(),
    },
    soft,
  ),
  device: k.model({ owner: k.one('user', { onDelete: 'soft' }).optional() }, soft),
})

const words = ({ heirs, roots }: Lineage) => ({
  heirs: heirs.map(
    ({ child, causes }) => `${String(child.id)} < ${causes.map(({ id }) => String(id)).join()}`,
  ),
  roots: roots.map(({ id }) => String(id)),
})

function lineage(world: World, model: string, ids: readonly string[], outcome: Outcome) {
  const database = new Database(graph, world)
  return words(database.run(newLineage(database.close(model, ids, outcome))))
}

describe('R26: a record that is soft-deleted because of one that goes for good', () => {
  const world: World = {
    user: { u: {}, v: {} },
    session: { s: { user: 'u', by: 'v', device: 'd' } },
    device: { d: {} },
  }

  test('lies below the soft-deleted record above that', () => {
    expect(lineage(world, 'user', ['u'], 'soft')).toEqual({ heirs: ['d < u'], roots: [] })
  })

  test('lies below all of them, where there are several', () => {
    expect(lineage(world, 'user', ['u', 'v'], 'soft')).toEqual({ heirs: ['d < u,v'], roots: [] })
  })

  test('can be restored by itself where nothing above is left', () => {
    expect(lineage(world, 'user', ['u'], 'strong')).toEqual({ heirs: [], roots: ['d'] })
    expect(lineage(world, 'session', ['s'], 'strong')).toEqual({ heirs: [], roots: ['d'] })
  })

  test('nothing is asked where there is no such record', () => {
    const database = new Database(graph, { user: { u: {} }, device: { d: { owner: 'u' } } })
    const closure = database.close('user', ['u'], 'soft')
    const before = database.questions.length
    expect(words(database.run(newLineage(closure)))).toEqual({ heirs: [], roots: [] })
    expect(database.questions).toHaveLength(before)
  })
})

describe('R26: where a soft-deleted record goes for good later', () => {
  const chain = defineGraph({
    a: k.model({ name: k.string() }, soft),
    b: k.model(
      {
        a: k.one('a', { onDelete: 'soft' }),
        lock: k.one('lock', { onDelete: 'strong' }).optional(),
        c: k.one('c', { onDelete: 'dirty', onHolderDelete: 'soft' }).unique().optional(),
      },
      soft,
    ),
    c: k.model({ name: k.string() }, soft),
    lock: k.model({ name: k.string() }),
  })
  const buried = { deletedBy: 'd' }
  const world: World = {
    a: { a: buried },
    b: { b: { a: 'a', lock: 'l', c: 'c', ...buried } },
    c: { c: buried },
    lock: { l: {} },
  }

  function removed(of: World, root: string | null) {
    const database = new Database(chain, of)
    const closure = database.close('lock', ['l'], 'strong')
    const memory = { isRoot: (named: { id: unknown }) => named.id === root, heirs: [] }
    return words(database.run(oldLineage(closure, 'd', memory)))
  }

  test('what lay below it lies below what it lay below', () => {
    expect(removed(world, 'a')).toEqual({ heirs: ['c < a'], roots: [] })
  })

  test('what lay below it can be restored by itself, if it could', () => {
    expect(removed({ ...world, a: { a: { deletedBy: 'other' } } }, 'b')).toEqual({ heirs: [], roots: ['c'] })
  })

  test('records of other deletions are none of its business', () => {
    expect(removed({ ...world, c: { c: { deletedBy: 'other' } } }, 'a')).toEqual({ heirs: [], roots: [] })
  })

  test('an heir of it inherits in turn', () => {
    const database = new Database(chain, { ...world, b: { b: { a: 'a', lock: 'l', ...buried } } })
    const closure = database.close('lock', ['l'], 'strong')
    const child = { model: database.model('c'), id: 'c' }
    const causes = [{ model: database.model('b'), id: 'b' }]
    const memory = { isRoot: () => false, heirs: [{ child, causes }] }
    expect(words(database.run(oldLineage(closure, 'd', memory)))).toEqual({ heirs: ['c < a'], roots: [] })
  })
})
