import { fail } from '../../../errors/index.js'
import type { Field } from '../../../schema/graph.js'
import type { Change } from '../../../store/write.js'
import { type Fragment, sql } from '../fragment.js'
import { changeArray } from './change-array.js'
import { type ChangeContext, document, parameter } from './parameters.js'

/** The column's new content, from what it would be without the change. */
export function applyChange(context: ChangeContext, current: Fragment, change: Change): Fragment {
  const { dialect } = context.statement
  const { field } = change.at
  const keys = innerKeys(context.fields, change.at.path)
  if (change.op === 'set') {
    if (keys.length === 0) return sql`${parameter(change.value, dialect.encode(field))}`
    return dialect.put(current, keys, document(field, change.value))
  }
  return onText(context, current, (column) => {
    if (change.op === 'increment') {
      if (keys.length > 0) refuseInside(change.at.path)
      return dialect.increment(column, field, parameter(change.value, dialect.encode(field)))
    }
    const json = dialect.json(column, keys)
    const changed = changeArray(context, json, change)
    return keys.length === 0 ? changed : dialect.put(column, keys, changed)
  })
}

/** Gives an expression a name, so that it can be used more than once, unless it is a name already. */
function onText({ statement }: ChangeContext, current: Fragment, use: (text: string) => Fragment): Fragment {
  const [only] = current
  if (current.length === 1 && typeof only === 'string') return use(only)
  const alias = statement.alias()
  return sql`(select ${use(`${alias}.document`)} from (select ${current} as document) as ${alias})`
}

/** The JSON keys behind the column. */
function innerKeys(fields: ReadonlyMap<string, Field>, path: readonly string[]): readonly string[] {
  const keys: string[] = []
  let inside: ReadonlyMap<string, Field> | null = fields
  for (const name of path) {
    const field: Field | undefined = inside?.get(name)
    if (field === undefined) throw new TypeError(`No field "${path.join('.')}" to change`)
    keys.push(field.column)
    inside = field.fields
  }
  return keys.slice(1)
}

function refuseInside(path: readonly string[]): never {
  return fail('KIN_CAPABILITY', {
    message: `SQL stores increment columns only, and "${path.join('.')}" is inside of one.`,
    details: { store: 'sql', capability: 'increment inside embedded objects' },
    path: path.join('.'),
  })
}
