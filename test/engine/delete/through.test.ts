import { describe, expect, it } from 'vitest'
import { connect, defineGraph, k } from '../../../src/index.js'
import { testStore } from '../../helpers/sqlite.js'

const id = k.id.string()

async function open() {
  const graph = defineGraph({
    user: k.model({ id }, { softDelete: true }),
    group: k.model({
      id,
      members: k.many('user', { inverse: 'groups', through: 'membership', onDelete: 'restrict' }),
    }),
    membership: k.model({ id, group: k.one('group'), user: k.one('user') }, { softDelete: true }),
  })
  const db = await connect(graph, testStore())
  await db.sync()
  await db.user.create({ id: 'u' })
  await db.group.create({ id: 'g' })
  await db.membership.create({ id: 'm', group: 'g', user: 'u' })
  return db
}

describe('R22: restrict over a declared record in between', () => {
  it('a live one blocks either delete', async () => {
    const db = await open()
    await expect(db.user.delete('u')).rejects.toMatchObject({
      code: 'KIN_RESTRICTED',
      details: { blockers: [{ association: 'group.members', model: 'group', count: 1 }] },
    })
    await expect(db.user.delete('u', { hard: true })).rejects.toMatchObject({
      code: 'KIN_RESTRICTED',
      details: { blockers: [{ association: 'membership.user', model: 'membership', count: 1 }] },
    })
  })

  it('a soft-deleted one blocks a hard delete only', async () => {
    const db = await open()
    await db.membership.delete('m')
    await expect(db.user.delete('u', { hard: true })).rejects.toMatchObject({ code: 'KIN_RESTRICTED' })
    const { softDeleted } = await db.user.delete('u')
    expect(softDeleted).toEqual({ user: 1 })
  })

  it('none blocks that goes for good in the same delete', async () => {
    const db = await open()
    await db.membership.delete('m')
    await db.group.delete('g')
    expect(await db.membership.count({ deleted: 'include' })).toBe(0)
    const { deleted } = await db.user.delete('u', { hard: true })
    expect(deleted).toEqual({ user: 1 })
  })
})
