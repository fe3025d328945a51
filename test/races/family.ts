/** A graph with every tie, for tests that look at whole databases. */
import { defineGraph, k } from '../../src/index.js'
import type { TestedStore } from '../helpers/stores.js'

const soft = { softDelete: true } as const

export const familyIn = (layout: TestedStore['layouts'][number]) =>
  defineGraph({
    user: k.model({ name: k.string() }, soft),
    post: k.model({ author: k.one('user', { inverse: 'posts', onDelete: 'soft' }) }, soft),
    comment: k.model({ post: k.one('post', { inverse: 'comments', onDelete: 'soft' }) }, soft),
    note: k.model({ user: k.one('user', { inverse: 'notes' }).optional() }),
    token: k.model({ user: k.one('user', { inverse: 'tokens', onDelete: 'strong' }) }),
    order: k.model({ user: k.one('user', { inverse: 'orders', onDelete: 'restrict' }) }),
    group: k.model({ members: k.many('user', { inverse: 'groups', layout }) }),
    basket: k.model({
      of: k.array(k.object({ user: k.one('user', { onDelete: 'weak' }), at: k.integer() })),
    }),
  })

export const family = familyIn('join')
