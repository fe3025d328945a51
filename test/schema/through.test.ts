import { describe, expect, it } from 'vitest'
import { defineGraph, k } from './loose.js'

const graph = defineGraph({
  user: k.model({ name: k.string() }),
  group: k.model({
    name: k.string(),
    members: k.many('user', { inverse: 'groups', through: 'membership', onDelete: 'restrict' }),
  }),
  membership: k.model(
    {
      group: k.one('group', { inverse: 'memberships' }),
      user: k.one('user'),
      role: k.string().default('member'),
      tags: k.many('user'),
    },
    { softDelete: true, timestamps: true },
  ),
})
const edge = graph.associations.find(({ association }) => association === 'group.members')
const halves = graph.associations.filter(({ from, name }) => from.name === 'membership' && name !== 'tags')

describe('a declared join model', () => {
  it('lies between the two ends, with its other fields as payload', () => {
    expect(edge?.layout).toBe('join')
    expect(edge?.through).toEqual({
      model: graph.models.get('membership'),
      near: ['group'],
      far: ['user'],
      position: null,
      declared: true,
    })
    expect(edge?.reverse.through).toMatchObject({ near: ['user'], far: ['group'] })
    expect([...(edge?.payload.keys() ?? [])]).toEqual(['role'])
    expect(graph.joins.size).toBe(0)
  })

  it('its references take the ties of the association, and know it', () => {
    expect(
      halves.map(({ name, onDelete, serves, reverse }) => [
        name,
        onDelete,
        serves === edge,
        reverse.serves === edge,
      ]),
    ).toEqual([
      ['group', 'restrict', true, true],
      ['user', 'restrict', true, true],
    ])
    expect(edge?.serves).toBeNull()
    expect(graph.models.get('user')?.inbound).toContain(halves[1])
  })

  it('keeps an end of its own, and one record for each pair', () => {
    expect(graph.models.get('group')?.ends.has('memberships')).toBe(true)
    expect(graph.models.get('membership')).toMatchObject({
      internal: false,
      primaryKey: ['id'],
      indexes: [['user']],
    })
    expect(graph.models.get('membership')?.uniques).toEqual([
      { fields: ['group', 'user'], name: 'membership_group_user_unique', edge: null },
    ])
  })

  it('within one model, tells its halves apart by `columns`', () => {
    const friends = defineGraph({
      user: k.model({
        follows: k.many('user', { inverse: 'followers', through: 'following', columns: { holder: 'by' } }),
      }),
      following: k.model({ whom: k.one('user'), by: k.one('user') }),
    })
    expect(friends.associations[0]?.through).toMatchObject({ near: ['by'], far: ['whom'] })
  })
})
