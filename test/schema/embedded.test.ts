import { describe, expect, it } from 'vitest'
import { defineGraph, k } from './loose.js'

const country = k.model({ name: k.string() }, {})

describe('references inside embedded structures', () => {
  const graph = defineGraph({
    country,
    trip: k.model({
      address: k.object({ country: k.one('country', { onDelete: 'restrict' }) }),
      stops: k.array(k.one('country')),
      legs: k.array(
        k.object({ via: k.object({ seen: k.array(k.one('country')) }), to: k.one('country').optional() }),
      ),
    }),
  })
  const edges = new Map(graph.associations.map((edge) => [edge.association, edge]))

  it('inside an object a record has one target', () => {
    expect(edges.get('trip.address.country')).toMatchObject({
      embedded: true,
      many: false,
      required: true,
      fromKey: { paths: [['address', 'country']], many: false },
      reverse: { exclusive: true },
    })
  })

  it('R12: an array of references is an ordered list that keeps repetitions', () => {
    expect(edges.get('trip.stops')).toMatchObject({
      name: 'stops',
      embedded: true,
      many: true,
      set: false,
      ordered: true,
      required: false,
      onDelete: 'weak',
      fromKey: { paths: [['stops']], many: true },
      reverse: { set: true, exclusive: false },
    })
  })

  it('at any depth, arrays crossed', () => {
    expect(edges.get('trip.legs.via.seen')).toMatchObject({
      path: ['legs', 'via', 'seen'],
      many: true,
      set: false,
    })
    expect(edges.get('trip.legs.to')).toMatchObject({ many: false, required: false, onDelete: 'weak' })
  })

  it('are no ends of the record', () => {
    const trip = graph.models.get('trip')
    expect([...(trip?.ends.keys() ?? [])]).toEqual([])
    expect(trip?.embedded).toEqual([...edges.values()])
    expect(trip?.fields.get('stops')?.item).toMatchObject({
      kind: 'reference',
      edge: edges.get('trip.stops'),
    })
  })
})
