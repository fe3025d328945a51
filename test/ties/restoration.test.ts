import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { type Heir, restorationOf } from '../../src/ties/restoration.js'
import { rootsAbove } from '../../src/ties/roots-above.js'
import { Database, type World } from './world.js'

const soft = { softDelete: true } as const
const graph = defineGraph({
  user: k.model({ email: k.string().unique() }, soft),
  post: k.model({ author: k.one('user', { onDelete: 'soft' }), slug: k.string().unique() }, soft),
  comment: k.model(
    {
      post: k.one('post', { onDelete: 'soft' }),
      by: k.one('user', { onDelete: 'restrict' }).optional(),
      pinned: k.one('post', { onDelete: 'weak' }).optional(),
    },
    soft,
  ),
  profile: k.model({ user: k.one('user', { onDelete: 'dirty', onHolderDelete: 'soft' }).unique() }, soft),
  album: k.model(
    { photos: k.many('photo', { onDelete: 'restrict' }), owner: k.one('user', { onDelete: 'soft' }) },
    soft,
  ),
  photo: k.model({ name: k.string() }, soft),
})

const D = { deletedBy: 'd' }
const E = { deletedBy: 'e' }

function restore(
  world: World,
  model: string,
  id: string,
  heirs: readonly Heir[] = [],
  deletion: string | null = 'd',
) {
  const database = new Database(graph, world)
  const found = database.run(restorationOf({ model: database.model(model), id }, deletion, heirs))
  const list = (ids: typeof found.returning) =>
    [...ids].flatMap(([{ name }, own]) => own.map((one) => `${name} ${String(one)}`)).sort()
  return {
    returning: list(found.returning),
    skipped: list(found.skipped),
    freed: found.freed.map((named) => `${named.model.name} ${String(named.id)}`),
    obstacle: found.obstacle,
    questions: database.questions.length,
  }
}

describe('R26: what a restore brings back', () => {
  const family: World = {
    user: { u: { email: 'u', ...D }, v: { email: 'v', ...D } },
    post: {
      p: { author: 'u', slug: 'p', ...D },
      q: { author: 'u', slug: 'q', ...E },
      r: { author: 'v', slug: 'r', ...D },
    },
    comment: { c: { post: 'p', ...D }, x: { post: 'q', ...E } },
  }

  test('what the same deletion deleted below the record, and nothing else', () => {
    expect(restore(family, 'user', 'u')).toMatchObject({
      returning: ['comment c', 'post p', 'user u'],
      skipped: [],
      obstacle: null,
    })
  })

  test('a record alone where nothing is known of its deletion', () => {
    expect(restore(family, 'user', 'u', [], null).returning).toEqual(['user u'])
  })

  test('over onHolderDelete, too', () => {
    const world: World = { user: { u: { email: 'u', ...D } }, profile: { f: { user: 'u', ...D } } }
    expect(restore(world, 'profile', 'f').returning).toEqual(['profile f', 'user u'])
  })

  test('what lies below a record only because what lay between is gone', () => {
    const world: World = { user: { u: { email: 'u', ...D } }, photo: { p: { name: 'p', ...D } } }
    const child = { model: graph.models.get('photo')!, id: 'p' }
    const heirs: Heir[] = [{ child, causes: [{ model: graph.models.get('user')!, id: 'u' }] }]
    expect(restore(world, 'user', 'u').returning).toEqual(['user u'])
    expect(restore(world, 'user', 'u', heirs).returning).toEqual(['photo p', 'user u'])
  })

  test('circles end', () => {
    const circle = defineGraph({
      a: k.model({ b: k.one('b', { onDelete: 'soft' }).optional() }, soft),
      b: k.model({ a: k.one('a', { onDelete: 'soft' }) }, soft),
    })
    const database = new Database(circle, { a: { a: { b: 'b', ...D } }, b: { b: { a: 'a', ...D } } })
    const found = database.run(restorationOf({ model: database.model('b'), id: 'b' }, 'd', []))
    expect(new Set([...found.returning.values()].flat())).toEqual(new Set(['a', 'b']))
  })
})

describe('R26: what cannot return', () => {
  test.each([
    [
      'a soft tie whose target stays deleted',
      { post: { p: { author: 'u', slug: 'p', ...D } }, user: { u: { email: 'u', ...E } } },
      'post',
      'p',
      'its user u is deleted',
    ],
    [
      'a soft tie whose target is gone',
      { post: { p: { author: 'u', slug: 'p', ...D } } },
      'post',
      'p',
      'its user u is deleted',
    ],
    [
      'a unique value that a live record has',
      { user: { u: { email: 'x', ...D }, v: { email: 'x' } } },
      'user',
      'u',
      'its email is taken',
    ],
    [
      'a restricted list with a deleted target',
      { album: { a: { photos: ['p'], owner: 'u', ...D } }, user: { u: { email: 'u' } }, photo: { p: E } },
      'album',
      'a',
      'its photo p is deleted',
    ],
  ] as const)('the root: %s', (_what, world, model, id, obstacle) => {
    expect(restore(world, model, id)).toMatchObject({ returning: [], obstacle })
  })

  test('weak and dirty ties leave it free', () => {
    const world: World = {
      post: { p: { author: 'u', slug: 'p' }, gone: E },
      user: { u: { email: 'u' } },
      comment: { c: { post: 'p', pinned: 'gone', ...D } },
      profile: { f: { user: 'nobody', ...D } },
    }
    expect(restore(world, 'comment', 'c').obstacle).toBeNull()
    expect(restore(world, 'profile', 'f').obstacle).toBeNull()
  })

  const skipping: World = {
    user: { u: { email: 'u', ...D }, w: { email: 'w', ...E } },
    post: {
      p: { author: 'u', slug: 'p', ...D },
      q: { author: 'u', slug: 's', ...D },
      live: { author: 'z', slug: 's' },
    },
    comment: { c: { post: 'p', by: 'w', ...D }, e: { post: 'q', ...D }, f: { post: 'p', ...D } },
  }

  test('a dependant is skipped with what hangs below it; what is right below a record that returns is freed', () => {
    expect(restore(skipping, 'user', 'u')).toMatchObject({
      returning: ['comment f', 'post p', 'user u'],
      skipped: ['comment c', 'comment e', 'post q'],
      freed: ['post q', 'comment c'],
    })
  })

  test('what needs something that is skipped is skipped, over however many steps', () => {
    const chain = defineGraph({
      a: k.model({ name: k.string() }, soft),
      b: k.model({ a: k.one('a', { onDelete: 'soft' }), key: k.string().unique() }, soft),
      c: k.model({ a: k.one('a', { onDelete: 'soft' }), b: k.one('b', { onDelete: 'restrict' }) }, soft),
      d: k.model({ a: k.one('a', { onDelete: 'soft' }), c: k.one('c', { onDelete: 'soft' }) }, soft),
    })
    const world: World = {
      a: { a: D },
      b: { b: { a: 'a', key: 'k', ...D }, other: { a: 'x', key: 'k' } },
      c: { c: { a: 'a', b: 'b', ...D } },
      d: { d: { a: 'a', c: 'c', ...D } },
    }
    const database = new Database(chain, world)
    const found = database.run(restorationOf({ model: database.model('a'), id: 'a' }, 'd', []))
    expect([...found.returning.values()].flat()).toEqual(['a'])
    expect([...found.skipped.values()].flat()).toEqual(['b', 'c', 'd'])
  })

  test('the number of questions grows with the levels, not with the records', () => {
    const world = (size: number): World => {
      const list = Array.from({ length: size }, (_, at) => String(at))
      return {
        user: { u: { email: 'u', ...D } },
        post: Object.fromEntries(list.map((id) => [id, { author: 'u', slug: id, ...D }])),
        comment: Object.fromEntries(list.map((id) => [id, { post: id, ...D }])),
      }
    }
    const [few, many] = [1, 50].map((size) => restore(world(size), 'user', 'u'))
    expect(many!.returning).toHaveLength(101)
    expect(many!.questions).toBe(few!.questions)
  })
})

describe('R26: a record deleted by a tie names what it is restored through', () => {
  const world: World = {
    user: { u: { email: 'u', ...D } },
    post: { p: { author: 'u', slug: 'p', ...D } },
    comment: { c: { post: 'p', by: 'u', ...D } },
  }

  test.each([
    [['user'], 'comment', ['user u']],
    [['post'], 'comment', ['post p']],
    [['comment'], 'comment', ['comment c']],
    [[], 'comment', []],
  ] as const)('roots %j, from a %s', (roots, model, expected) => {
    const database = new Database(graph, world)
    const named = { model: database.model(model), id: model[0] }
    const above = database.run(
      rootsAbove(named, 'd', (one) => (roots as readonly string[]).includes(one.model.name), []),
    )
    expect(above.map((one) => `${one.model.name} ${String(one.id)}`)).toEqual(expected)
  })
})
