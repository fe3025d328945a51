import { describe, expect, it } from 'vitest'
import { defineGraph, k } from '../../src/index.js'
import type { Graph } from '../../src/schema/graph.js'
import { keptAtBothEnds } from '../../src/schema/kept-at-both-ends.js'
import { blog, kinds } from '../fixtures/graphs.js'
import { edgeOf, keyOf, modelOf, shape } from './edge-shape.js'

const one = { required: false, ordered: false, through: null }

describe('edges of every kind in every layout', () => {
  const toOne = { 'one-one': 'holder', 'many-one': 'holders' } as const
  it.each(['one-one', 'many-one'] as const)('%s as a reference', (kind) => {
    const exclusive = kind === 'one-one'
    const edge = edgeOf(kinds[kind]('reference'), 'holder.target')
    expect(shape(edge)).toEqual({
      ...one,
      ends: 'holder.target -> target',
      many: false,
      exclusive,
      from: 'target',
      to: 'id',
    })
    expect(shape(edge.reverse)).toEqual({
      ...one,
      ends: `target.${toOne[kind]} -> holder`,
      many: !exclusive,
      exclusive: true,
      from: 'id',
      to: 'target',
    })
  })

  it.each(['one-one', 'many-one'] as const)('%s as a mirror: each side by its own ids', (kind) => {
    const graph = kinds[kind]('mirror')
    const { reverse, ...edge } = edgeOf(graph, 'holder.target')
    expect([keyOf(edge.fromKey), keyOf(edge.toKey)]).toEqual(['target', 'id'])
    const name = toOne[kind]
    expect([keyOf(reverse.fromKey), keyOf(reverse.toKey)]).toEqual([
      kind === 'one-one' ? name : `${name}[]`,
      'id',
    ])
    expect(modelOf(graph, 'target').fields.get(name)).toMatchObject({
      kind: kind === 'one-one' ? 'reference' : 'list',
      hidden: true,
      idKind: 'objectId',
      edge: reverse,
    })
  })

  it('R8: a one-one as a mirror has a list at the end that several deleted holders may name', () => {
    const graph = defineGraph({
      user: k.model({ name: k.string() }),
      profile: k.model(
        { user: k.one('user', { inverse: 'profile', layout: 'mirror' }).unique() },
        { softDelete: true },
      ),
    })
    const { reverse } = edgeOf(graph, 'profile.user')
    expect([reverse.many, keyOf(reverse.fromKey)]).toEqual([false, 'profile[]'])
    expect(modelOf(graph, 'user').fields.get('profile')).toMatchObject({ kind: 'list', hidden: true })
  })

  it('only a mirror is kept at both ends', () => {
    const keptIn = (graph: Graph) => graph.associations.map(keptAtBothEnds)
    for (const kind of ['one-one', 'many-one'] as const) {
      expect(keptIn(kinds[kind]('reference'))).toEqual([false])
      expect(keptIn(kinds[kind]('mirror'))).toEqual([true])
    }
    for (const layout of ['join', 'array', 'mirror'] as const)
      expect(keptIn(kinds['many-many'](layout))).toEqual([layout === 'mirror'])
    expect(keptIn(kinds.symmetric('mirror'))).toEqual([true])
    expect(keptIn(blog)).not.toContain(true)
  })

  const set = { many: true, exclusive: false, required: false, ordered: false }
  it('many-many as a join: a model in between, and no field on the holder', () => {
    const graph = kinds['many-many']('join')
    const edge = edgeOf(graph, 'holder.targets')
    expect(shape(edge)).toEqual({
      ...set,
      ends: 'holder.targets -> target',
      from: 'id',
      to: 'id',
      through: 'holder target -',
    })
    expect(shape(edge.reverse)).toEqual({
      ...set,
      ends: 'target.holders -> holder',
      from: 'id',
      to: 'id',
      through: 'target holder -',
    })
    expect(modelOf(graph, 'holder').fields.has('targets')).toBe(false)
    const join = graph.joins.get('holder.targets')
    expect(join).toBe(edge.through?.model)
    expect(join).toMatchObject({
      internal: true,
      id: null,
      collection: 'holder_targets',
      indexes: [['target']],
    })
    expect(join?.primaryKey).toEqual(['holder', 'target'])
    expect([...(join?.fields.keys() ?? [])]).toEqual(['holder', 'target', 'note'])
    expect(join?.fields.get('note')).toBe(edge.payload.get('note'))
    expect(edge.reverse.payload).toBe(edge.payload)
  })

  it('the references of a join lead to the two records it pairs', () => {
    const join = kinds['many-many']('join').joins.get('holder.targets')
    const references = ['holder', 'target'].map((name) => join?.fields.get(name))
    expect(references.map((field) => [field?.kind, field?.column, field?.idKind])).toEqual([
      ['reference', 'holder', 'objectId'],
      ['reference', 'target', 'objectId'],
    ])
    expect(references.map((field) => field?.edge && shape(field.edge))).toEqual([
      {
        ...one,
        ends: 'holder.targets.holder -> holder',
        many: false,
        exclusive: false,
        required: true,
        from: 'holder',
        to: 'id',
      },
      {
        ...one,
        ends: 'holder.targets.target -> target',
        many: false,
        exclusive: false,
        required: true,
        from: 'target',
        to: 'id',
      },
    ])
  })

  it('many-many as an array: entries on the holder, shown to nobody', () => {
    const graph = kinds['many-many']('array')
    const edge = edgeOf(graph, 'holder.targets')
    expect(shape(edge)).toEqual({
      ...set,
      ends: 'holder.targets -> target',
      from: 'targets[]',
      to: 'id',
      through: null,
    })
    expect(shape(edge.reverse)).toEqual({
      ...set,
      ends: 'target.holders -> holder',
      from: 'id',
      to: 'targets[]',
      through: null,
    })
    expect(modelOf(graph, 'holder').fields.get('targets')).toMatchObject({
      kind: 'list',
      stored: true,
      hidden: true,
      edge,
    })
    expect([...edge.payload.keys()]).toEqual(['note'])
    expect(graph.joins.size).toBe(0)
  })

  it('many-many as a mirror: entries on both records', () => {
    const graph = kinds['many-many']('mirror')
    const edge = edgeOf(graph, 'holder.targets')
    expect([shape(edge).from, shape(edge.reverse).from]).toEqual(['targets[]', 'holders[]'])
    expect(modelOf(graph, 'holder').fields.get('targets')?.edge).toBe(edge)
    expect(modelOf(graph, 'target').fields.get('holders')).toMatchObject({
      kind: 'list',
      hidden: true,
      edge: edge.reverse,
    })
  })

  it('R16: symmetric as a join: both directions have the one name, and the model has one end', () => {
    const graph = kinds.symmetric('join')
    const edge = edgeOf(graph, 'holder.peers')
    expect([edge.symmetric, edge.reverse.symmetric]).toEqual([true, true])
    expect([edge.name, edge.reverse.name]).toEqual(['peers', 'peers'])
    expect(edge.through).toMatchObject({ near: ['holder'], far: ['peers'] })
    expect([...modelOf(graph, 'holder').ends]).toEqual([['peers', edge]])
  })

  it('R16: symmetric as a mirror: one field', () => {
    const graph = kinds.symmetric('mirror')
    const edge = edgeOf(graph, 'holder.peers')
    expect([shape(edge).from, shape(edge.reverse).from]).toEqual(['peers[]', 'peers[]'])
    expect([...modelOf(graph, 'holder').fields.keys()]).toEqual(['id', 'name', 'peers'])
  })

  it('R10, R12: many as an array: an ordered set of ids that the record shows', () => {
    const graph = kinds.many('array')
    const edge = edgeOf(graph, 'holder.targets')
    expect(shape(edge)).toEqual({
      ...set,
      ordered: true,
      ends: 'holder.targets -> target',
      from: 'targets[]',
      to: 'id',
      through: null,
    })
    expect(shape(edge.reverse)).toEqual({
      ...set,
      ends: 'target.- -> holder',
      from: 'id',
      to: 'targets[]',
      through: null,
    })
    expect(edge.set).toBe(true)
    expect(modelOf(graph, 'holder').fields.get('targets')).toMatchObject({ stored: true, hidden: false })
    expect([...modelOf(graph, 'target').ends.keys()]).toEqual([])
  })

  it('R10: many as a join: shown ids that are stored elsewhere, with a position', () => {
    const graph = kinds.many('join')
    const edge = edgeOf(graph, 'holder.targets')
    expect(shape(edge)).toMatchObject({ ordered: true, from: 'id', through: 'holder target position' })
    expect(edge.reverse.through?.position).toBeNull()
    expect(modelOf(graph, 'holder').fields.get('targets')).toMatchObject({
      stored: false,
      hidden: false,
      edge,
    })
    expect([...(graph.joins.get('holder.targets')?.fields.keys() ?? [])]).toEqual([
      'holder',
      'target',
      'position',
    ])
  })
})
