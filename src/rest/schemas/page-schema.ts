import { type JsonSchema, listOf, objectOf, reference } from './json-schema.js'

/** What lists answer. */
export const pageSchema = (view: string): JsonSchema =>
  objectOf(
    {
      docs: listOf(reference(view)),
      pages: reference('pages'),
      items: reference('items'),
      cursors: reference('cursors'),
    },
    ['docs', 'pages', 'items', 'cursors'],
  )
