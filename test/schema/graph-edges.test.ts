import { describe, expect, it } from 'vitest'
import { blog } from '../fixtures/graphs.js'
import { edgeOf, modelOf, shape } from './edge-shape.js'

describe('edges of a graph', () => {
  it('link both directions of every association', () => {
    for (const edge of blog.associations) {
      expect(edge.holder).toBe(true)
      expect(edge.reverse.holder).toBe(false)
      expect(edge.reverse.reverse).toBe(edge)
      expect([edge.reverse.from, edge.reverse.to]).toEqual([edge.to, edge.from])
      expect([edge.reverse.association, edge.reverse.onDelete]).toEqual([edge.association, edge.onDelete])
    }
  })

  it('are found by name on both models, inverses after own ends', () => {
    expect([...modelOf(blog, 'user').ends.keys()]).toEqual(['profile', 'posts', 'comments', 'groups', 'cart'])
    expect([...modelOf(blog, 'person').ends.keys()]).toEqual([
      'parent',
      'friends',
      'follows',
      'children',
      'followers',
    ])
    expect(modelOf(blog, 'user').inbound.map((edge) => edge.association)).toEqual([
      'profile.user',
      'post.author',
      'comment.by',
      'group.members',
      'cart.owner',
    ])
    expect(modelOf(blog, 'cart').outbound.map((edge) => edge.association)).toEqual([
      'cart.owner',
      'cart.items.product',
    ])
  })

  it('tell the two sides of a join within one model apart by the ends', () => {
    expect(edgeOf(blog, 'person.follows').through).toMatchObject({ near: ['followers'], far: ['follows'] })
  })

  it('R17: cross embedded arrays by their path', () => {
    const edge = edgeOf(blog, 'cart.items.product')
    expect(edge).toMatchObject({
      name: 'items.product',
      path: ['items', 'product'],
      embedded: true,
      required: true,
    })
    expect(shape(edge)).toMatchObject({ many: false, exclusive: false, from: 'items.product[]', to: 'id' })
    expect(edge.reverse).toMatchObject({ name: null, exclusive: false })
    expect(modelOf(blog, 'cart').embedded).toEqual([edge])
    const product = modelOf(blog, 'cart').fields.get('items')?.item?.fields?.get('product')
    expect(product).toMatchObject({ kind: 'reference', edge })
  })

  it('default to restrict on a required to-one and to weak otherwise', () => {
    const ties = blog.associations.map((edge) => [edge.association, edge.onDelete])
    expect(Object.fromEntries(ties)).toEqual({
      'profile.user': 'soft',
      'post.author': 'soft',
      'post.hashtags': 'weak',
      'comment.post': 'strong',
      'comment.by': 'weak',
      'group.members': 'weak',
      'person.parent': 'weak',
      'person.friends': 'weak',
      'person.follows': 'weak',
      'cart.owner': 'strong',
      'cart.items.product': 'restrict',
    })
  })
})
