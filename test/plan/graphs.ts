import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'

/** Every kind of field, embedded structures with references, and lists. */
export const library = defineGraph({
  author: k.model(
    {
      name: k.string(),
      pen: k.string().hidden().optional(),
      mentor: k.one('author', { inverse: 'students' }).optional(),
      agent: k.one('agent', { inverse: 'author' }).unique().optional(),
    },
    { softDelete: true },
  ),
  agent: k.model({ name: k.string() }),
  country: k.model({ name: k.string() }),
  tag: k.model({ text: k.string() }),
  book: k.model(
    {
      title: k.string(),
      pages: k.integer().optional(),
      copies: k.bigint().optional(),
      weight: k.number().optional(),
      price: k.decimal(8, 2).optional(),
      lent: k.boolean().optional(),
      printed: k.date().optional(),
      meta: k.json().optional(),
      cover: k.binary().optional(),
      state: k.enum(['new', 'worn']).optional(),
      notes: k.array(k.string()).optional(),
      origin: k
        .object({
          city: k.string().optional(),
          country: k.one('country').optional(),
          secret: k.string().hidden().optional(),
        })
        .optional(),
      chapters: k
        .array(
          k.object({
            name: k.string(),
            by: k.one('author').optional(),
            lines: k.integer(),
            marks: k.array(k.integer()),
          }),
        )
        .optional(),
      readers: k.array(k.one('author')).optional(),
      author: k.one('author', { inverse: 'books', onDelete: 'dirty' }).optional(),
      tags: k.many('tag'),
      lists: k.many('list', {
        inverse: 'books',
        payload: { rank: k.integer().optional(), info: k.json().optional() },
      }),
    },
    { softDelete: true },
  ),
  list: k.model({ name: k.string() }),
})

export const id = (n: number): string => n.toString(16).padStart(24, '0')
