import { type Db, defineGraph, type HookContext, k, type RecordOf, type Transaction } from 'kinship'
import { assert, type Same } from './assert.js'

const author = k.model({ name: k.string() })
const book = k.model(
  {
    id: k.id.integer(),
    title: k.string(),
    secret: k.string().hidden(),
    pages: k.integer().optional(),
    author: k.one('author', { inverse: 'books' }),
  },
  {
    version: true,
    hooks: {
      // Events have the model's own types; a model alone does not know the id kinds of others.
      beforeCreate(record, context) {
        assert<Same<typeof context, HookContext>>()
        // It sees the data as it was given.
        assert<Same<typeof record.pages, number | null | undefined>>()
        record.author = 'id'
        record.author = { id: 7 }
        record.title ??= record.secret
        // @ts-expect-error -- kinship writes it
        record.version = 2
        // @ts-expect-error -- a misspelt field
        record.titel = 'x'
      },
      beforeUpdate({ id, changes, before }) {
        assert<Same<typeof id, number>>()
        assert<Same<typeof before.author, string | number>>()
        assert<Same<typeof before.secret, string>>()
        changes.title = before.title
        changes.pages = { $inc: 1 }
        // @ts-expect-error -- a value of another type
        changes.title = 3
      },
      // The whole graph is known by naming it inside the body.
      async afterCreate(record, { db, cause }) {
        const tx = db as Transaction<typeof graph>
        await tx.author.update(String(record.author), { name: record.title })
        void cause
      },
      beforeDelete({ record, soft }) {
        soft satisfies boolean
        record.title satisfies string
      },
      afterLink({ association, holder, target, payload }) {
        void [association, holder, target, payload]
      },
      afterCommit(events) {
        for (const event of events) event.kind satisfies string
      },
      // @ts-expect-error -- a misspelt hook
      beforeSave() {
        return
      },
    },
  },
)

const graph = defineGraph({ author, book })
declare const db: Db<typeof graph>
const found = await db.book.findOne({ populate: { author: true } })
assert<Same<NonNullable<typeof found>['author'], RecordOf<typeof graph, 'author'>>>()
