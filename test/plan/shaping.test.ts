import { describe, expect, it } from 'vitest'
import type { DraftNode } from '../../src/plan/draft.js'
import type { Field } from '../../src/schema/graph.js'
import { library } from './graphs.js'
import { parse } from './support.js'

const nodeOf = (query: unknown, model = 'book'): DraftNode => parse(library, model, query).node
const names = (fields: readonly Field[]): string[] => fields.map((field) => field.name)
const shown = (query: unknown, model = 'book'): string[] => names(nodeOf(query, model).fields)

describe('R34: which fields are shown', () => {
  it('all that are not hidden, in the order of the declaration', () => {
    expect(shown({}, 'author')).toEqual(['id', 'name', 'mentor', 'agent', 'deletedAt'])
  })

  it('select: exactly these, in the order given', () => {
    expect(shown({ select: ['pages', 'title', 'pages'] })).toEqual(['pages', 'title'])
    expect(shown({ select: [] })).toEqual([])
  })

  it('omit: all but these', () => {
    expect(shown({ omit: ['id', 'deletedAt'] }, 'author')).toEqual(['name', 'mentor', 'agent'])
  })

  it('reveal adds hidden fields to either', () => {
    expect(shown({ select: ['name'], reveal: ['pen'] }, 'author')).toEqual(['name', 'pen'])
    expect(shown({ select: ['pen', 'name'], reveal: ['pen'] }, 'author')).toEqual(['pen', 'name'])
    expect(shown({ reveal: ['pen', 'deletedBy'] }, 'author')).toEqual([
      'id',
      'name',
      'mentor',
      'agent',
      'deletedAt',
      'pen',
      'deletedBy',
    ])
  })

  it('a populated end takes the place of its ids', () => {
    expect(shown({ populate: { mentor: true } }, 'author')).toEqual(['id', 'name', 'agent', 'deletedAt'])
    expect(shown({ select: ['title', 'tags'], populate: { tags: true } })).toEqual(['title'])
  })

  it('a populated embedded structure is shown in any case', () => {
    expect(shown({ select: ['title'], populate: { chapters: { by: true } } })).toEqual(['title', 'chapters'])
  })

  it('hidden members of embedded objects are left out, unless they are populated', () => {
    const origin = nodeOf({}).fields.find((field) => field.name === 'origin')
    expect([...(origin?.fields?.keys() ?? [])]).toEqual(['city', 'country'])
    const plain = nodeOf({}).fields.find((field) => field.name === 'chapters')
    expect(plain).toBe(library.models.get('book')?.fields.get('chapters'))
  })

  it('payload comes with every list that has one', () => {
    const [lists, tags] = nodeOf({ populate: { lists: { select: [] }, tags: true } }).children
    expect(names(lists?.link ?? [])).toEqual(['rank', 'info'])
    expect(tags?.link).toEqual([])
  })
})

describe('R9: order', () => {
  const order = (query: unknown): string[] =>
    nodeOf(query).order.map(({ via, by, direction }) => {
      const way = via.map(({ edge }) => `${edge.path.join('.')}>`).join('')
      const what = 'field' in by ? by.path.join('.') : `#${by.edge.path.join('.')}`
      return `${way}${what} ${direction}`
    })

  it('ends with the id', () => {
    expect(order({})).toEqual(['id asc'])
    expect(order({ orderBy: { title: 'desc' } })).toEqual(['title desc', 'id asc'])
    expect(order({ orderBy: { id: 'desc' } })).toEqual(['id desc'])
    expect(order({ orderBy: { author: { id: 'desc' } } })).toEqual(['author>id desc', 'id asc'])
  })

  it('takes several keys in their order, objects in a list, and undefined for nothing', () => {
    expect(
      order({
        orderBy: [
          { title: 'asc', pages: undefined },
          { pages: 'desc', state: 'asc' },
        ],
      }),
    ).toEqual(['title asc', 'pages desc', 'state asc', 'id asc'])
  })

  it('goes through to-one ends, into embedded objects, and counts lists', () => {
    expect(
      order({
        orderBy: {
          author: { mentor: { name: 'asc' } },
          origin: { city: 'desc', country: { name: 'asc' } },
          tags: { $size: 'desc' },
        },
      }),
    ).toEqual([
      'author>mentor>name asc',
      'origin.city desc',
      'origin.country>name asc',
      '#tags desc',
      'id asc',
    ])
  })

  it('of a populated list may use the payload, and is left to the list where there is none', () => {
    const [child] = nodeOf({ populate: { lists: { orderBy: { $link: { rank: 'asc' } } } } }).children
    expect(child?.node.order.map(({ by }) => ('field' in by ? `${by.of}.${by.path.join('.')}` : ''))).toEqual(
      ['link.rank', 'record.id'],
    )
    expect(nodeOf({ populate: { lists: true } }).children[0]?.node.order).toEqual([])
  })
})

describe('deleted', () => {
  const scopeOf = (query: unknown): unknown => nodeOf(query).scope

  it('excludes unless asked, per node', () => {
    expect(scopeOf({})).toMatchObject({ is: 'null', negated: false })
    expect(scopeOf({ deleted: 'only' })).toMatchObject({ is: 'null', negated: true })
    expect(scopeOf({ deleted: 'include' })).toEqual({ is: 'all', of: [] })
    const [author] = nodeOf({ deleted: 'include', populate: { author: true } }).children
    expect(author?.node.scope).toMatchObject({ is: 'null', negated: false })
  })

  it("'inherit' takes the parent's, in populate and count", () => {
    const query = {
      deleted: 'only',
      populate: { author: { deleted: 'inherit', count: { books: { deleted: 'inherit' } } } },
    }
    const [author] = nodeOf(query).children
    expect(author?.node.scope).toMatchObject({ negated: true })
    expect(author?.node.counts?.[0]?.scope).toMatchObject({ negated: true })
  })

  it("nothing of a model without softDelete is deleted, so 'only' sees nothing", () => {
    const [tags] = nodeOf({ populate: { tags: { deleted: 'only' } } }).children
    expect(tags?.node.scope).toEqual({ is: 'any', of: [] })
  })
})
