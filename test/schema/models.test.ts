import { describe, expect, it } from 'vitest'
import { codecs } from '../../src/schema/codecs.js'
import type { Field } from '../../src/schema/graph.js'
import { blog } from '../fixtures/graphs.js'
import { defineGraph, k } from './loose.js'

const fieldsOf = (shape: Record<string, unknown>, options = {}) => {
  const model = defineGraph({ target: k.model({}), model: k.model(shape, options) }).models.get('model')
  if (!model) throw new Error('no model')
  return model
}
const fieldOf = (value: unknown): Field => {
  const field = fieldsOf({ field: value }).fields.get('field')
  if (!field) throw new Error('no field')
  return field
}

describe('fields', () => {
  it.each(['string', 'text', 'integer', 'bigint', 'number', 'boolean', 'date', 'json', 'binary'] as const)(
    'k.%s() has its kind and no modifier',
    (kind) => {
      expect(fieldOf(k[kind]())).toEqual({
        name: 'field',
        kind,
        column: 'field',
        codec: null,
        optional: false,
        unique: false,
        index: false,
        hidden: false,
        immutable: false,
        default: undefined,
        checks: [],
        description: null,
        system: null,
        idKind: null,
        values: null,
        precision: 0,
        scale: 0,
        fields: null,
        item: null,
        edge: null,
        stored: true,
      })
    },
  )

  it('carry their parameters', () => {
    expect(fieldOf(k.enum(['a', 'b'])).values).toEqual(['a', 'b'])
    expect(fieldOf(k.decimal(10, 2))).toMatchObject({ precision: 10, scale: 2 })
    expect(fieldOf(k.array(k.string())).item).toMatchObject({ kind: 'string' })
    expect(fieldOf(k.object({ a: k.date() })).fields?.get('a')).toMatchObject({ name: 'a', kind: 'date' })
  })

  it('carry every modifier', () => {
    const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } }
    const now = () => new Date()
    const field = fieldOf(
      k
        .date()
        .optional()
        .unique()
        .index()
        .default(now)
        .hidden()
        .immutable()
        .check(schema)
        .description('when')
        .column('At', codecs.isoDate),
    )
    expect(field).toMatchObject({ optional: true, unique: true, index: true, hidden: true, immutable: true })
    expect(field).toMatchObject({
      default: now,
      checks: [schema],
      description: 'when',
      column: 'At',
      codec: codecs.isoDate,
    })
  })

  it('come with the id first, and the system fields last', () => {
    const model = fieldsOf({ name: k.string() }, { timestamps: true, version: true, softDelete: true })
    expect([...model.fields.keys()]).toEqual([
      'id',
      'name',
      'createdAt',
      'updatedAt',
      'version',
      'deletedAt',
      'deletedBy',
    ])
    expect([...model.fields.values()].map(({ system }) => system)).toEqual([
      null,
      null,
      'createdAt',
      'updatedAt',
      'version',
      'deletedAt',
      'deletedBy',
    ])
    expect(model.fields.get('deletedBy')).toMatchObject({ kind: 'string', hidden: true, optional: true })
    expect(model).toMatchObject({ timestamps: true, version: true, softDelete: true })
  })

  it('adopt the columns that are there', () => {
    const model = fieldsOf(
      {
        name: k.string().column('Name'),
        id: k.id.integer().column('Id'),
        to: k.one('target').column('TargetId'),
      },
      {
        table: 'Model',
        timestamps: { updatedAt: 'changed' },
        version: { column: 'rev' },
        softDelete: { column: 'gone' },
      },
    )
    expect(model.collection).toBe('Model')
    expect([...model.fields.values()].map(({ name, column }) => [name, column])).toEqual([
      ['id', 'Id'],
      ['name', 'Name'],
      ['to', 'TargetId'],
      ['createdAt', 'createdAt'],
      ['updatedAt', 'changed'],
      ['version', 'rev'],
      ['deletedAt', 'gone'],
      ['deletedBy', 'deletedBy'],
    ])
  })

  it('R7: references and lists have the id kind of their target', () => {
    const graph = defineGraph({
      artist: k.model({ id: k.id.integer() }),
      album: k.model({
        by: k.one('artist'),
        guests: k.many('artist'),
        fans: k.many('artist', { inverse: 'albums' }),
      }),
    })
    const album = graph.models.get('album')
    expect(album?.id).toMatchObject({ kind: 'id', idKind: 'objectId', immutable: true })
    expect(album?.fields.get('by')?.idKind).toBe('integer')
    expect(album?.fields.get('guests')?.idKind).toBe('integer')
    const join = graph.joins.get('album.fans')
    expect([join?.fields.get('album')?.idKind, join?.fields.get('artist')?.idKind]).toEqual([
      'objectId',
      'integer',
    ])
  })
})

describe('models', () => {
  it('take their names from the graph, and table and alias from their options', () => {
    const model = fieldsOf({}, { collection: 'models', alias: 'm', description: 'words' })
    expect(model).toMatchObject({
      name: 'model',
      collection: 'models',
      alias: 'm',
      description: 'words',
      internal: false,
    })
    expect(blog.models.get('user')).toMatchObject({ collection: 'user', alias: 'user', description: null })
  })

  it('list unique keys, with the edge where a one-one is guarded', () => {
    const model = fieldsOf(
      { a: k.string().unique(), to: k.one('target').unique(), in: k.object({ b: k.string().unique() }) },
      { unique: [['a', 'to']], table: 'T' },
    )
    expect(model.uniques).toEqual([
      { fields: ['a'], name: 'T_a_unique', edge: null },
      { fields: ['to'], name: 'T_to_unique', edge: model.outbound[0] },
      { fields: ['in.b'], name: 'T_in_b_unique', edge: null },
      { fields: ['a', 'to'], name: 'T_a_to_unique', edge: null },
    ])
  })

  it('list indexes, one for every reference unless a longer key begins with it', () => {
    const shape = {
      a: k.string().index(),
      to: k.one('target'),
      by: k.one('target'),
      in: k.object({ to: k.one('target') }),
    }
    expect(fieldsOf(shape, { indexes: [['to', 'a']] }).indexes).toEqual([['to', 'a'], ['a'], ['by']])
  })

  it('keep their hooks', () => {
    const hooks = { beforeCreate: () => {} }
    expect(fieldsOf({}, { hooks }).hooks).toEqual(hooks)
  })

  it('of kinship itself are there where a model soft-deletes, and only there', () => {
    expect(defineGraph({ user: k.model({}) }).system.size).toBe(0)
    expect([...blog.system.keys()]).toEqual(['kinship_deletion', 'kinship_journal'])
    expect([...(blog.system.get('kinship_journal')?.fields.keys() ?? [])]).toEqual([
      'id',
      'deletion',
      'action',
      'model',
      'record',
      'place',
      'value',
      'targets',
    ])
    expect(blog.system.get('kinship_journal')).toMatchObject({
      internal: true,
      indexes: [['deletion'], ['record']],
    })
  })
})

describe('an adopted join table', () => {
  it('has the names that are given', () => {
    const graph = defineGraph({
      track: k.model({}),
      playlist: k.model({
        tracks: k.many('track', {
          inverse: 'playlists',
          ordered: true,
          table: 'PlaylistTrack',
          columns: { holder: 'PlaylistId', target: 'TrackId', position: 'Nr' },
          payload: { note: k.string().column('Note') },
        }),
      }),
    })
    const join = graph.joins.get('playlist.tracks')
    expect(join?.collection).toBe('PlaylistTrack')
    expect([...(join?.fields.values() ?? [])].map(({ name, column }) => [name, column])).toEqual([
      ['playlist', 'PlaylistId'],
      ['track', 'TrackId'],
      ['note', 'Note'],
      ['position', 'Nr'],
    ])
  })
})
