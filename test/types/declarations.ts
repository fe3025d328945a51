import { k } from 'kinship'

// Modifiers chain in any order, on every field alike.
k.string().unique().index().hidden().optional().immutable().default('x').description('d').column('c')
k.enum(['a', 'b']).default('a').optional()
k.date().default(() => new Date())
k.object({ zip: k.string() }).optional().hidden().immutable().description('d').column('place')
k.object({ zip: k.string(), near: k.one('place').optional() }).default({ zip: '0' })
k.array(k.string()).optional().default(['a'])
k.array(k.object({ n: k.integer() })).default(() => [{ n: 1 }])
k.one('user').optional().unique().index().hidden().immutable().description('d').column('user_id')
k.many('user', { symmetric: true, ordered: false }).hidden().description('d')
k.many('track', { inverse: 'lists', table: 'ListTrack', columns: { holder: 'ListId', position: 'Pos' } })
k.model({ id: k.id.integer().column('Id').description('d'), n: k.integer() }, { table: 'N', alias: 'n' })
k.model(
  { a: k.string(), b: k.string() },
  {
    softDelete: { column: 'gone' },
    timestamps: { createdAt: 'made' },
    version: { column: 'v' },
    unique: [['a', 'b']],
  },
)

// @ts-expect-error -- a default has the field's type
k.integer().default('one')
// @ts-expect-error -- a default of an enum is one of its values
k.enum(['a', 'b']).default('c')
// @ts-expect-error -- a default of an object has its members
k.object({ zip: k.string() }).default({ zap: '0' })
// @ts-expect-error -- an enum has values
k.enum([])
// @ts-expect-error -- a misspelt option
k.one('user', { invers: 'posts' })
// @ts-expect-error -- no such tie
k.one('user', { onDelete: 'cascade' })
// @ts-expect-error -- no such layout of a to-one association
k.one('user', { layout: 'join' })
// @ts-expect-error -- a list has no strong tie
k.many('user', { onDelete: 'strong' })
// @ts-expect-error -- payloads hold fields, no associations
k.many('user', { payload: { by: k.one('user') } })
// @ts-expect-error -- a list is not unique
k.many('user').unique()
// @ts-expect-error -- a shape holds fields
k.model({ name: 'string' })
// @ts-expect-error -- the id is declared by an id kind
k.model({ id: k.string() })
// @ts-expect-error -- a misspelt option
k.model({ a: k.string() }, { softdelete: true })
// @ts-expect-error -- a key names fields of the model
k.model({ a: k.string() }, { unique: [['b']] })
// @ts-expect-error -- an index names fields of the model
k.model({ a: k.string() }, { indexes: [['a', 'b']] })
