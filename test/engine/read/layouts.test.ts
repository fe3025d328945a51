import { describe, expect, it } from 'vitest'
import { kinds } from '../../fixtures/graphs.js'
import { id, open, type Opened } from './database.js'

const [a, b, c] = [id(1), id(2), id(3)] as const
const [x, y, z] = [id(11), id(12), id(13)] as const

const named = (...ids: readonly string[]) =>
  ids.map((one, n) => ({ id: one, name: 'abcxyz'[(n + (one > id(9) ? 3 : 0)) % 6] }))

/** The pairs a-x, a-y, b-x, written down in a layout. */
async function manyMany(layout: 'join' | 'array'): Promise<Opened> {
  const pairs = [
    { holder: a, target: x, note: 'ax' },
    { holder: a, target: y, note: null },
    { holder: b, target: x, note: 'bx' },
  ]
  const targets = (holder: string) =>
    pairs.filter((pair) => pair.holder === holder).map(({ target, note }) => ({ id: target, note }))
  return open(kinds['many-many'](layout), {
    target: named(x, y, z),
    ...(layout === 'join'
      ? { holder: named(a, b, c), 'holder.targets': pairs }
      : { holder: named(a, b, c).map((holder) => ({ ...holder, targets: targets(holder.id) })) }),
  })
}

async function oneSided(layout: 'join' | 'array'): Promise<Opened> {
  const pairs = [
    { holder: a, target: y, position: 0 },
    { holder: a, target: x, position: 1 },
    { holder: b, target: x, position: 0 },
  ]
  const targets = (holder: string) =>
    pairs.filter((pair) => pair.holder === holder).map((pair) => pair.target)
  return open(kinds.many(layout), {
    target: named(x, y, z),
    ...(layout === 'join'
      ? { holder: named(a, b, c), 'holder.targets': pairs }
      : { holder: named(a, b, c).map((holder) => ({ ...holder, targets: targets(holder.id) })) }),
  })
}

describe.each(['join', 'array'] as const)('%s: what is read does not depend on the layout', (layout) => {
  it('many-many, from both ends', async () => {
    const { db } = await manyMany(layout)
    expect(await db.holder.findById(a)).toEqual({ id: a, name: 'a' })
    const holders = await db.holder.find({
      populate: { targets: { select: ['name'], populate: { holders: { select: ['name'] } } } },
      count: { targets: true },
    })
    const back = {
      x: [
        { name: 'a', $link: { note: 'ax' } },
        { name: 'b', $link: { note: 'bx' } },
      ],
    }
    expect(holders).toEqual([
      {
        id: a,
        name: 'a',
        $count: { targets: 2 },
        targets: [
          { name: 'x', $link: { note: 'ax' }, holders: back.x },
          { name: 'y', $link: { note: null }, holders: [{ name: 'a', $link: { note: null } }] },
        ],
      },
      {
        id: b,
        name: 'b',
        $count: { targets: 1 },
        targets: [{ name: 'x', $link: { note: 'bx' }, holders: back.x }],
      },
      { id: c, name: 'c', $count: { targets: 0 }, targets: [] },
    ])
  })

  it('many-many, filtered, ordered and limited per parent', async () => {
    const { db } = await manyMany(layout)
    const nodes = {
      targets: { where: { $link: { note: { $ne: 'bx' } } }, orderBy: { $link: { note: 'asc' } }, limit: 1 },
    }
    const holders = await db.holder.find({ populate: nodes })
    expect(
      holders.map((holder: { targets: { name: string }[] }) => holder.targets.map(({ name }) => name)),
    ).toEqual([['y'], [], []])
    const found = async (where: unknown): Promise<string> =>
      (await db.target.find({ where, orderBy: { holders: { $size: 'desc' } } }))
        .map((one: { name: string }) => one.name)
        .join('')
    expect(await found({})).toBe('xyz')
    expect(await found({ holders: { $some: { name: 'a', $link: { note: null } } } })).toBe('y')
    expect(await found({ holders: { $every: { name: 'a' } } })).toBe('yz')
    expect(await found({ holders: { $none: {} } })).toBe('z')
    expect(await found({ holders: { $size: 2 } })).toBe('x')
  })

  it('R10: one-sided lists show their ids and their targets in the order given', async () => {
    const { db } = await oneSided(layout)
    expect(await db.holder.find({ omit: ['name'] })).toEqual([
      { id: a, targets: [y, x] },
      { id: b, targets: [x] },
      { id: c, targets: [] },
    ])
    const holder = await db.holder.findById(a, { populate: { targets: { select: ['name'] } } })
    expect(holder.targets).toEqual([{ name: 'y' }, { name: 'x' }])
    const found = async (where: unknown): Promise<string> =>
      (await db.holder.find({ where })).map((one: { name: string }) => one.name).join('')
    expect(await found({ targets: { $contains: x } })).toBe('ab')
    expect(await found({ $not: { targets: { $contains: y } } })).toBe('bc')
    expect(await found({ targets: { $size: { $lt: 2 } } })).toBe('bc')
  })

  it('R35: a scope leaves ids out of one-sided lists', async () => {
    const { db } = await oneSided(layout)
    const scoped = db.scoped({ target: { name: 'x' } })
    expect(await scoped.holder.findById(a)).toEqual({ id: a, name: 'a', targets: [x] })
    expect(await scoped.holder.count({ where: { targets: { $contains: y } } })).toBe(0)
  })
})
