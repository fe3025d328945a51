/** What to generate. */
export interface Size {
  readonly models: number
  /** also use the database */
  readonly used: boolean
  /** the folder of the types, from the generated file: they are measured, not the code behind `kinship` */
  readonly types: string
}

const idKinds = ['objectId', 'uuid', 'integer'] as const

/**
 * TypeScript source of a graph in which every model has four associations (a required and an optional to-one, a
 * many-many with payload, a one-sided list), so seven ends with the inverses, and ten fields; with `used`, also seven
 * uses of each model.
 */
export function generateGraph({ models, used, types }: Size): string {
  const indices = Array.from({ length: models }, (_, index) => index)
  const at = (index: number) => (index + models) % models
  const id = (index: number) => (idKinds[at(index) % 3] === 'integer' ? '1' : `'x'`)

  const declarations = indices.map(
    (index) => `const model${index} = k.model({
  id: k.id.${idKinds[index % 3]}(),
  title: k.string(),
  slug: k.string().unique(),
  body: k.text().optional(),
  rank: k.integer().default(0),
  price: k.decimal(10, 2).optional(),
  secret: k.string().hidden().optional(),
  state: k.enum(['draft', 'live', 'gone']).default('draft'),
  place: k.object({ street: k.string(), zip: k.string().optional(), near: k.one('model${at(index + 5)}').optional() }).optional(),
  tags: k.array(k.string()),
  parent: k.one('model${at(index + 1)}', { inverse: 'children${index}', onDelete: 'soft' }),
  owner: k.one('model${at(index + 7)}', { inverse: 'owned${index}' }).optional(),
  friends: k.many('model${at(index + 11)}', {
    inverse: 'friendOf${index}',
    payload: { since: k.date().default(() => new Date()), note: k.string().optional() },
  }),
  labels: k.many('model${at(index + 13)}'),
}, { softDelete: true, timestamps: true })`,
  )

  const uses = indices.map(
    (index) => `const found${index} = await db.model${index}.find({
  where: { title: { $like: 'a%' }, parent: { slug: 'x' }, friends: { $some: { title: 'x', $link: { note: 'x' } } } },
  orderBy: { parent: { title: 'asc' }, title: 'desc' },
  populate: {
    parent: { select: ['title'], populate: { labels: true } },
    children${at(index - 1)}: { where: { state: 'live' }, limit: 3, populate: { friends: true } },
    friends: true,
    place: { near: true },
  },
  count: { friends: true },
})
found${index}[0]?.parent.labels[0]?.title satisfies string | undefined
found${index}[0]?.friends[0]?.$link.since satisfies Date | undefined
found${index}[0]?.children${at(index - 1)}[0]?.friends[0]?.slug satisfies string | undefined
const created${index} = await db.model${index}.create({
  title: 'x',
  slug: 'x',
  parent: { title: 'y', slug: 'y', parent: { $create: { title: 'z', slug: 'z', parent: ${id(index + 3)} } } },
  children${at(index - 1)}: [{ title: 'c', slug: 'c' }],
})
created${index}.title satisfies string
await db.model${index}.update(${id(index)}, { rank: { $inc: 1 }, labels: [], friends: [] })
await db.model${index}.at(${id(index)}).friends.list({ where: { $link: { note: 'x' } }, select: ['title'] })
await db.model${index}.deleteMany({ where: { rank: { $gt: 3 } } })
await db.transaction(async (tx) => {
  await tx.model${index}.count()
})
export type Record${index} = RecordOf<typeof graph, 'model${index}'>`,
  )

  return [
    `import type { K } from '${types}/builder.js'`,
    `import type { Db } from '${types}/db.js'`,
    `import type { DefineGraph } from '${types}/define-graph.js'`,
    `import type { RecordOf } from '${types}/record.js'`,
    'declare const k: K',
    'declare const defineGraph: DefineGraph',
    ...declarations,
    `export const graph = defineGraph({ ${indices.map((index) => `model${index}`).join(', ')} })`,
    'export declare const db: Db<typeof graph>',
    ...(used ? uses : ['export type Any = RecordOf<typeof graph, "model0">']),
    '',
  ].join('\n')
}
