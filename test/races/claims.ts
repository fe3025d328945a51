/** A graph with what only one can have: one-ones of both kinds, a unique key, a pair. */
import { defineGraph, k } from '../../src/index.js'
import type { TestedStore } from '../helpers/stores.js'

export const claimsIn = (layout: TestedStore['layouts'][number]) =>
  defineGraph({
    user: k.model(
      { name: k.string(), email: k.string().optional().unique(), age: k.integer().optional() },
      { softDelete: true, version: true },
    ),
    profile: k.model(
      { bio: k.string().optional(), user: k.one('user', { inverse: 'profile' }).unique() },
      { softDelete: true },
    ),
    badge: k.model({ label: k.string(), user: k.one('user', { inverse: 'badge' }).optional().unique() }),
    group: k.model({
      name: k.string(),
      members: k.many('user', { inverse: 'groups', layout, payload: { role: k.string().optional() } }),
      queue: k.many('user', { inverse: 'queues', layout, ordered: true }),
    }),
  })

export const claims = claimsIn('join')
