/** What the server gets to see: documents that indexes answer, expressions only where there is no other way. */
import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../../src/schema/define-graph.js'
import type { Edge, Field } from '../../../src/schema/graph.js'
import { k } from '../../../src/schema/k.js'
import { always, type Filter, never } from '../../../src/store/filter.js'
import type { ReadNode, ReadRequest } from '../../../src/store/read.js'
import { elementCondition } from '../../../src/stores/mongodb/filter/index.js'
import { compileRead } from '../../../src/stores/mongodb/read/index.js'
import { resolveWith } from '../../../src/stores/mongodb/resolve.js'
import {
  all,
  any,
  byId,
  child,
  compare,
  element,
  fixed,
  isNull,
  node,
  order,
  record,
  related,
  relatedCount,
} from '../common/build.js'
import { end, field } from '../common/shapes.js'

const slot = (index: number) => ({ slot: index })
const features = { lookup: true, windows: true, sortArray: true }

const statement = (root: ReadNode, by: Edge | null = null, more: Partial<ReadRequest> = {}): string =>
  compileRead({ node: root, by, link: [], carry: [], counting: false, ...more }, features).statement

const brief = (of: string, more: Partial<ReadNode> = {}): ReadNode =>
  node(of, { fields: [field(of, 'id')], scope: always, ...more })

/** The filter of a `find`. */
const where = (of: string, filter: Filter): unknown => {
  const text = statement(brief(of, { where: filter }))
  const [, found] = /^db\.\w+\.find\((.*), \{"projection":\{"_id":1\}\}\)$/.exec(text) ?? []
  if (found === undefined) throw new Error(`no find: ${text}`)
  return JSON.parse(found)
}

const age = record('user', 'age')

describe('conditions', () => {
  test('R2: a negated leaf is the exact complement, which meets null and what is missing', () => {
    expect(where('user', compare(age, 'eq', slot(0)))).toEqual({ age: { $eq: '?1' } })
    expect(where('user', compare(age, 'eq', slot(0), true))).toEqual({ age: { $ne: '?1' } })
    expect(where('user', compare(age, 'gt', slot(0), true))).toEqual({ age: { $not: { $gt: '?1' } } })
    expect(where('user', compare(age, 'in', slot(0), true))).toEqual({ age: { $nin: '?1' } })
    expect(where('user', isNull(age))).toEqual({ age: { $eq: null } })
    expect(where('user', isNull(age, true))).toEqual({ age: { $ne: null } })
  })

  test('an array of nulls is not null', () => {
    const tags = record('user', 'tags')
    expect(where('user', isNull(tags))).toEqual({ tags: { $eq: null, $not: { $type: 'array' } } })
    expect(where('user', isNull(tags, true))).toEqual({
      $or: [{ tags: { $ne: null } }, { tags: { $type: 'array' } }],
    })
  })

  test('the id is `_id`; members are found by their keys', () => {
    expect(where('user', compare(record('user', 'id'), 'in', slot(0)))).toEqual({ _id: { $in: '?1' } })
    const city = record('user', 'address', 'city')
    expect(where('user', compare(city, 'eq', fixed('x')))).toEqual({ 'address.town': { $eq: 'x' } })
  })

  test('conjunctions are one document while no place is named twice', () => {
    const named = compare(record('user', 'name'), 'eq', slot(0))
    expect(where('user', all(compare(age, 'gt', slot(1)), named, always))).toEqual({
      age: { $gt: '?2' },
      name: { $eq: '?1' },
    })
    expect(where('user', all(compare(age, 'gt', slot(0)), compare(age, 'lt', slot(1))))).toEqual({
      $and: [{ age: { $gt: '?1' } }, { age: { $lt: '?2' } }],
    })
    expect(where('user', any(named, never))).toEqual({ name: { $eq: '?1' } })
    expect(where('user', any(named, always))).toEqual({})
    expect(where('user', never)).toEqual({ $expr: false })
  })

  test('ids in lists and in embedded arrays are found by their paths', () => {
    const has = (of: string, name: string): Filter => ({
      is: 'contains',
      operand: record(of, name),
      value: slot(0),
      negated: false,
    })
    expect(where('club', has('club', 'fans'))).toEqual({ fans: { $eq: '?1' } })
    expect(where('team', has('team', 'players'))).toEqual({ 'players.id': { $eq: '?1' } })
    const items = field('cart', 'items')
    const product = compare(element(items, 'product'), 'eq', slot(0))
    const several = compare(element(items, 'quantity'), 'gte', slot(1))
    const some = (filter: Filter, negated = false): Filter => ({
      is: 'element',
      operand: record('cart', 'items'),
      where: filter,
      negated,
    })
    expect(where('cart', some(all(product, several)))).toEqual({
      items: { $elemMatch: { product: { $eq: '?1' }, quantity: { $gte: '?2' } } },
    })
    expect(where('cart', some(product, true))).toEqual({
      items: { $not: { $elemMatch: { product: { $eq: '?1' } } } },
    })
    expect(Object.keys(where('cart', some(any(product, several))) as object)).toEqual(['$expr'])
  })

  test('json is compared as an expression, in which an array does not stand for its elements', () => {
    expect(where('user', compare(record('user', 'settings'), 'eq', slot(0)))).toEqual({
      $expr: { $eq: ['$settings', { $literal: '?1' }] },
    })
  })

  test('what no lookup is needed for comes first', () => {
    const posts = relatedCount(end('user', 'posts'), 'gt', slot(0))
    const text = statement(brief('user', { where: all(posts, compare(age, 'gt', slot(1))) }))
    expect(text).toMatch(/^db\.user\.aggregate\(\[\{"\$match":\{"age":\{"\$gt":"\?2"\}\}\},\{"\$lookup":/)
  })

  test('a relation to certain records begins at them', () => {
    const named = compare(record('user', 'name'), 'eq', slot(0))
    expect(statement(brief('post', { where: related(end('post', 'author'), named) }))).toBe(
      '?found1 = db.user.find({"deletedAt":{"$eq":null},"name":{"$eq":"?1"}}, {"limit":1001,"projection":{"_id":0,"key":"$_id"}}); ' +
        'db.post.find({"author":{"$in":"?found1"}}, {"projection":{"_id":1}})',
    )
    const vague = related(end('post', 'author'), compare(record('user', 'name'), 'gt', slot(0)))
    expect(statement(brief('post', { where: vague }))).toContain('$lookup')
    const one = all(compare(record('post', 'id'), 'eq', slot(1)), related(end('post', 'author'), named))
    expect(statement(brief('post', { where: one }))).toContain('$lookup')
  })
})

describe('reads', () => {
  test('one collection is read by a find, its shown fields only', () => {
    const users = node('user', {
      fields: [field('user', 'name'), field('user', 'notes')],
      order: [order(age, 'desc'), byId('user'), order(age)],
      limit: slot(0),
      offset: slot(1),
    })
    expect(statement(users)).toBe(
      'db.user.find({"deletedAt":{"$eq":null}}, {"sort":{"age":-1,"_id":1},"skip":"?2","limit":"?1","projection":{"_id":0,"name":1,"the \\"notes\\"":1}})',
    )
  })

  test('keys are asked for in one command; pairs and their targets in two', () => {
    expect(statement(brief('post'), end('user', 'posts'))).toBe(
      'db.post.find({"author":{"$in":"?keys"}}, {"projection":{"_id":1,"author":1}})',
    )
    expect(statement(brief('user'), end('post', 'author'))).toBe(
      'db.user.find({"_id":{"$in":"?keys"}}, {"projection":{"_id":1}})',
    )
    expect(statement(brief('user'), end('group', 'members'))).toBe(
      'db.group_members.find({"group":{"$in":"?keys"}}, {"projection":{"_id":0,"group":1,"user":1}}); ' +
        'db.user.find({"_id":{"$in":"?targets"}}, {"projection":{"_id":1}})',
    )
    expect(statement(brief('user'), end('club', 'fans'))).toBe(
      'db.club.find({"_id":{"$in":"?keys"}}, {"projection":{"_id":1,"fans":1}}); ' +
        'db.user.find({"_id":{"$in":"?targets"}}, {"projection":{"_id":1}})',
    )
  })

  test('R18: the inverse of a mirror is one read of the records that hold it', () => {
    const graph = defineGraph({
      user: k.model({ name: k.string() }),
      post: k.model({ author: k.one('user', { inverse: 'posts', layout: 'mirror' }).optional() }),
      group: k.model({ members: k.many('user', { inverse: 'groups', layout: 'mirror' }) }),
    })
    const inverse = (name: string): string => {
      const edge = graph.models.get('user')?.ends.get(name) as Edge
      const fields = [edge.to.id as Field]
      return statement({ ...brief('post'), model: edge.to, fields }, edge)
    }
    expect(inverse('posts')).toBe(
      'db.post.find({"author":{"$in":"?keys"}}, {"projection":{"_id":1,"author":1}})',
    )
    expect(inverse('groups')).toMatch(
      /^db\.group\.aggregate\(\[\{"\$match":\{"members":\{"\$in":"\?keys"\}\}\}/,
    )
    expect(inverse('groups')).not.toContain('$lookup')
  })

  test('pages of each parent are cut by a window, or by slices where the server has none', () => {
    const request = {
      node: brief('post', { limit: slot(0), offset: slot(1) }),
      by: end('user', 'posts'),
      link: [],
      carry: [],
      counting: false,
    }
    expect(compileRead(request, features).statement).toContain(
      '{"$setWindowFields":{"partitionBy":"$author","sortBy":{"_id":1},"output":{"__place":{"$documentNumber":{}}}}},{"$match":{"__place":{"$gt":"?2","$lte":"?2 + ?1"}}}',
    )
    const without = compileRead(request, { ...features, windows: false }).statement
    expect(without).toContain('{"$slice":["$rows","?2","?1"]}')
    expect(without).not.toContain('$setWindowFields')
  })

  test('a joined record is looked up by its key, its shown fields only', () => {
    const author = child('post', 'author', 'join', { fields: [field('user', 'name')], scope: always })
    expect(statement(brief('post', { children: [author] }))).toBe(
      'db.post.aggregate([{"$lookup":{"from":"user","localField":"author","foreignField":"_id",' +
        '"pipeline":[{"$project":{"_id":0,"name":1}}],"as":"__kin.c0"}},{"$project":{"_id":1,"__kin.c0":1}}])',
    )
  })

  test('what beyond a reference decides about elements is given to an expression', () => {
    const items = field('cart', 'items')
    const product = end('cart', 'items.product')
    const leaf = related(product, compare(record('product', 'stock'), 'eq', fixed(1)), false, 'element')
    const known = new Map([[leaf, ['p1', 'p2']]])
    expect(elementCondition(items, leaf, resolveWith([]), 'i0', known)).toEqual({
      $in: ['$$i0.product', { $literal: ['p1', 'p2'] }],
    })
  })
})
