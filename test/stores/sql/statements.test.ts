/** The text of representative statements: what the database gets to see of each shape. */
import { describe, expect, test } from 'vitest'
import type { Edge } from '../../../src/schema/graph.js'
import { always, type Filter, never } from '../../../src/store/filter.js'
import type { ReadNode, ReadRequest, Strategy } from '../../../src/store/read.js'
import { compileRead } from '../../../src/stores/sql/read/compile-read.js'
import { sqliteDialect } from '../../../src/stores/sqlite/dialect.js'
import {
  all,
  any,
  byId,
  child,
  compare,
  element,
  fixed,
  isNull,
  link,
  live,
  node,
  order,
  record,
  related,
  relatedCount,
} from '../common/build.js'
import { end, field, model } from '../common/shapes.js'

const slot = (index: number) => ({ slot: index })

const statement = (root: ReadNode, by: Edge | null = null, more: Partial<ReadRequest> = {}): string =>
  compileRead(sqliteDialect(true), { node: root, by, link: [], carry: [], counting: false, ...more })
    .statement

/** The first two fields of a model, of everything stored. */
const brief = (of: string, more: Partial<ReadNode> = {}): ReadNode =>
  node(of, { fields: [...model(of).fields.values()].slice(0, 2), scope: always, ...more })

const briefChild = (of: string, name: string, strategy: Strategy, more: Partial<ReadNode> = {}) => {
  const made = child(of, name, strategy)
  return { ...made, node: brief(made.edge.to.name, more) }
}

const keyed = (of: string, name: string, more: Partial<ReadNode> = {}): string => {
  const { edge, node: target, link: payload } = briefChild(of, name, 'batch', more)
  return statement(target, edge, { link: payload })
}

describe('conditions', () => {
  const where = (of: string, filter: Filter): string => {
    const text = statement(brief(of, { fields: [field(of, 'id')], where: filter }))
    return text.replace(/^select t0\."id" from /, '')
  }

  test('R2: a negated leaf is the exact complement', () => {
    expect(where('user', compare(record('user', 'age'), 'gt', slot(0)))).toBe(
      '"user" as t0 where t0."age" > ?',
    )
    expect(where('user', compare(record('user', 'age'), 'gt', slot(0), true))).toBe(
      '"user" as t0 where (t0."age" <= ? or t0."age" is null)',
    )
    expect(where('user', compare(record('user', 'age'), 'in', slot(0), true))).toBe(
      '"user" as t0 where (not t0."age" in (select value from json_each(?)) or t0."age" is null)',
    )
    expect(
      where('user', { is: 'contains', operand: record('user', 'tags'), value: slot(0), negated: true }),
    ).toBe(
      '"user" as t0 where (not exists (select 1 from json_each(t0."tags") as contained where contained.value = ?) or t0."tags" is null)',
    )
  })

  test('conjunctions and disjunctions leave out what is decided', () => {
    const aged = isNull(record('user', 'age'), true)
    const named = isNull(record('user', 'name'))
    expect(where('user', all(aged, any(named, aged, never), always))).toBe(
      '"user" as t0 where t0."age" is not null and (t0."name" is null or t0."age" is not null)',
    )
    expect(where('user', any(aged, always))).toBe('"user" as t0')
    expect(where('user', all(aged, never))).toBe('"user" as t0 where false')
  })

  test('a long chain nests in groups, because depth is limited', () => {
    const text = where('user', any(...Array.from({ length: 250 }, () => isNull(record('user', 'age')))))
    expect(text.split(') or (')).toHaveLength(3)
  })

  test('a to-one is joined; one that few targets can match is approached from them; one that must not is looked up', () => {
    const author = end('post', 'author')
    const named = compare(record('user', 'name'), 'eq', slot(0))
    expect(where('post', related(author, compare(record('user', 'name'), 'gt', slot(0))))).toBe(
      '"post" as t0 join "user" as t1 on t1."id" = t0."author" where t1."deletedAt" is null and t1."name" > ?',
    )
    expect(where('post', related(author, named))).toBe(
      '"post" as t0 where t0."author" in (select t1."id" from "user" as t1 where t1."deletedAt" is null and t1."name" = ?)',
    )
    expect(where('post', related(author, named, true))).toBe(
      '"post" as t0 where not exists (select 1 from "user" as t1 where t1."id" = t0."author" and t1."deletedAt" is null and t1."name" = ?)',
    )
  })

  test('a to-many is looked up, unless its targets are named by a unique value', () => {
    const groups = end('user', 'groups')
    expect(where('user', related(groups, compare(record('group', 'name'), 'eq', slot(0))))).toBe(
      '"user" as t0 where exists (select 1 from "group_members" as t2 join "group" as t1 on t1."id" = t2."group" where t2."user" = t0."id" and t1."name" = ?)',
    )
    expect(where('user', related(groups, compare(record('group', 'id'), 'in', slot(0))))).toBe(
      '"user" as t0 where t0."id" in (select t2."user" from "group_members" as t2 join "group" as t1 on t1."id" = t2."group" where t1."id" in (select value from json_each(?)))',
    )
  })

  test('lists of others are unfolded once, whether they must name the record or must not', () => {
    expect(where('user', related(end('user', 'clubs')))).toBe(
      '"user" as t0 where t0."id" in (select t2.value from "club" as t1 join json_each(t1."fans") as t2 on true)',
    )
    expect(where('user', related(end('user', 'clubs'), always, true))).toBe(
      '"user" as t0 where (not t0."id" in (select t2.value from "club" as t1 join json_each(t1."fans") as t2 on true where t2.value is not null) or t0."id" is null)',
    )
  })

  test('what must exist beyond what must exist is one flat join', () => {
    const named = compare(record('user', 'name'), 'eq', slot(0))
    expect(where('user', related(end('user', 'posts'), related(end('post', 'reviewers'), named)))).toBe(
      '"user" as t0 where exists (select 1 from "post" as t1 join "post_reviewers" as t3 on t3."post" = t1."id" ' +
        'join "user" as t2 on t2."id" = t3."user" where t1."author" = t0."id" and t1."deletedAt" is null and t2."deletedAt" is null and t2."name" = ?)',
    )
  })

  test('more ends than a join may have tables are asked for by exists', () => {
    const text = where('post', all(...Array.from({ length: 80 }, () => related(end('post', 'author')))))
    expect(text.match(/ join /g)).toHaveLength(23)
    expect(text.match(/exists/g)).toHaveLength(57)
  })

  test('payload: a column of the join, or a member of the list entry', () => {
    const role = compare(link(end('user', 'groups'), 'role'), 'eq', slot(0))
    expect(where('user', related(end('user', 'groups'), role))).toBe(
      '"user" as t0 where exists (select 1 from "group_members" as t2 join "group" as t1 on t1."id" = t2."group" where t2."user" = t0."id" and t2."role" = ?)',
    )
    const shirt = compare(link(end('user', 'teams'), 'shirt'), 'eq', slot(0))
    expect(where('user', related(end('user', 'teams'), shirt))).toBe(
      `"user" as t0 where t0."id" in (select t2.value ->> '$.id' from "team" as t1 join json_each(t1."players") as t2 on true where t2.value ->> '$."shirt"' = ?)`,
    )
  })

  test('R16: a symmetric pair is looked up from both sides, each by its index', () => {
    expect(where('user', related(end('user', 'friends')))).toBe(
      '"user" as t0 where exists (select 1 from (' +
        'select t3."user" as "user", t3."friends" as "friends", t3."since" as "since" from "user_friends" as t3 where t3."user" = t0."id" union all ' +
        'select t4."friends" as "user", t4."user" as "friends", t4."since" as "since" from "user_friends" as t4 where t4."friends" = t0."id"' +
        ') as t2 join "user" as t1 on t1."id" = t2."friends" where t1."deletedAt" is null)',
    )
  })

  test('elements of embedded arrays, and references inside them', () => {
    const items = field('cart', 'items')
    const titled = compare(record('product', 'title'), 'eq', slot(1))
    const filter = all(
      compare(element(items, 'quantity'), 'gte', slot(0)),
      related(end('cart', 'items.product'), titled, false, 'element'),
    )
    expect(
      where('cart', { is: 'element', operand: record('cart', 'items'), where: filter, negated: false }),
    ).toBe(
      `"cart" as t0 where exists (select 1 from json_each(t0."items") as t1 where t1.value ->> '$."quantity"' >= ? and ` +
        `exists (select 1 from "product" as t2 where t2."id" = t1.value ->> '$."product"' and t2."title" = ?))`,
    )
  })

  test('numbers of targets are correlated counts', () => {
    expect(where('team', relatedCount(end('team', 'players'), 'gte', slot(0)))).toBe(
      `"team" as t0 where (select count(*) from json_each(t0."players") as t2 join "user" as t1 on t1."id" = t2.value ->> '$.id' where t1."deletedAt" is null) >= ?`,
    )
  })
})

describe('strategies', () => {
  test('root: order and page', () => {
    const root = brief('user', {
      order: [order(record('user', 'name'), 'desc'), byId('user')],
      limit: slot(0),
      offset: slot(1),
    })
    expect(statement(root)).toBe(
      'select t0."id", t0."name" from "user" as t0 order by t0."name" desc, t0."id" limit ? offset ?',
    )
  })

  test('join: the scope and the condition of the target stand in the on', () => {
    const author = briefChild('post', 'author', 'join', {
      scope: live('user'),
      children: [briefChild('user', 'mentor', 'join')],
    })
    expect(statement(brief('post', { children: [author] }))).toBe(
      'select t0."id", t0."title", t1."id", t1."name", t2."id", t2."name" from "post" as t0 ' +
        'left join "user" as t1 on t1."id" = t0."author" and t1."deletedAt" is null left join "user" as t2 on t2."id" = t1."mentor"',
    )
  })

  test('aggregate: arrays of arrays, from an ordered derived table', () => {
    const posts = briefChild('user', 'posts', 'aggregate', {
      limit: slot(0),
      children: [briefChild('post', 'hashtags', 'aggregate')],
    })
    expect(statement(brief('user', { children: [posts] }))).toBe(
      'select t0."id", t0."name", (select json_group_array(json_array(t5.c0, t5.c1, json(t5.c2))) from (' +
        'select t1."id" as c0, t1."title" as c1, (select json_group_array(json_array(t4.c0, t4.c1)) from (' +
        'select t2."id" as c0, t2."text" as c1 from json_each(t1."hashtags") as t3 join "hashtag" as t2 on t2."id" = t3.value order by t3.key, t2."id"' +
        ') as t4) as c2 from "post" as t1 where t1."author" = t0."id" order by t1."id" limit ?) as t5) from "user" as t0',
    )
  })

  test('ids shown from a join, in its order', () => {
    const fields = [field('post', 'id'), field('post', 'reviewers')]
    expect(statement(brief('post', { fields }))).toBe(
      'select t0."id", (select json_group_array(t2.c0) from (select t1."user" as c0 from "post_reviewers" as t1 where t1."post" = t0."id" order by t1."position", t1."user") as t2) from "post" as t0',
    )
  })

  test('keyed by a reference: one value of all rows, in an order that its index has', () => {
    expect(keyed('user', 'posts')).toBe(
      'select json_group_array(json_array(t1.c0, t1.c1, t1.c2)) from (select t0."author" as c0, t0."id" as c1, t0."title" as c2 ' +
        'from "post" as t0 where t0."author" in (select value from json_each(?)) order by t0."author", t0."id") as t1',
    )
    expect(keyed('post', 'author')).toBe(
      'select json_group_array(json_array(t1.c0, t1.c1)) from (select t0."id" as c0, t0."name" as c1 from "user" as t0 ' +
        'where t0."id" in (select value from json_each(?)) order by t0."id") as t1',
    )
  })

  test('keyed over a join: pairs are sorted before their targets are joined', () => {
    expect(keyed('user', 'groups')).toBe(
      'select json_group_array(json_array(t1."user", t0."id", t0."name", t1."joinedAt", t1."role")) from (' +
        'select t1.* from "group_members" as t1 where t1."user" in (select value from json_each(?)) order by t1."user", t1."group" limit -1' +
        ') as t1 cross join "group" as t0 on t0."id" = t1."group"',
    )
  })

  test('keyed over lists: from their holders, and from their targets', () => {
    expect(keyed('post', 'hashtags')).toBe(
      'select json_group_array(json_array(t3.c0, t3.c1, t3.c2)) from (select t0."id" as c0, t1."id" as c1, t1."text" as c2 from "post" as t0 ' +
        'cross join json_each(t0."hashtags") as t2 on true cross join "hashtag" as t1 on t1."id" = t2.value ' +
        'where t0."id" in (select value from json_each(?)) order by t0."id", t2.key, t1."id") as t3',
    )
    expect(keyed('user', 'clubs')).toBe(
      'select json_group_array(json_array(t2.c0, t2.c1, t2.c2)) from (select t1.value as c0, t0."id" as c1, t0."name" as c2 from "club" as t0 ' +
        'cross join json_each(t0."fans") as t1 on t1.value in (select value from json_each(?)) order by t1.value, t0."id") as t2',
    )
  })

  test('keyed with a limit per parent: ids are chosen for each key', () => {
    expect(keyed('user', 'posts', { limit: slot(0) })).toBe(
      'select json_group_array(json_array(t3.c0, t3.c1, t3.c2)) from (select t1."author" as c0, t1."id" as c1, t1."title" as c2 from json_each(?) as t0 ' +
        'cross join "post" as t1 on t1."id" in (select t2."id" from "post" as t2 where t2."author" = t0.value order by t2."id" limit ?) ' +
        'order by t0.key, t1."id") as t3',
    )
  })

  test('a column that may be inexact sends the rows one by one', () => {
    const fields = [field('user', 'id'), field('user', 'score')]
    expect(keyed('user', 'followers', { fields })).toMatch(
      /^select t1\."follows", t0\."id", t0\."score" from/,
    )
  })

  test('counting', () => {
    expect(statement(brief('user', { order: [byId('user')] }), null, { counting: true })).toBe(
      'select count(*) from "user" as t0',
    )
    expect(statement(brief('user', { limit: slot(0) }), null, { counting: true })).toBe(
      'select count(*) from (select 1 from "user" as t0 limit ?) as counted',
    )
    expect(statement(brief('group'), end('user', 'groups'), { counting: true })).toBe(
      'select count(*) from "group_members" as t1 cross join "group" as t0 on t0."id" = t1."group" where t1."user" in (select value from json_each(?))',
    )
  })
})

test('R36: values, fixed ones included, never stand in the text', () => {
  const hostile = `'"; drop table user; --`
  const filter = all(
    compare(record('user', 'name'), 'eq', fixed(hostile)),
    compare(record('user', 'name'), 'in', fixed([hostile])),
    compare(record('user', 'name'), 'like', fixed(hostile)),
    compare(record('user', 'settings'), 'eq', fixed({ [hostile]: hostile })),
    relatedCount(end('user', 'posts'), 'in', fixed([1234567])),
  )
  const text = statement(brief('user', { where: filter, limit: fixed(1234567) }))
  expect(text).not.toContain('drop')
  expect(text).not.toContain('1234567')
})
