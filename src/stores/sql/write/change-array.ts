import type { Change } from '../../../store/write.js'
import { TRUE } from '../condition.js'
import type { Convert } from '../../../store/convert.js'
import { compileFilter } from '../filter.js'
import { type Fragment, sql } from '../fragment.js'
import { partialEntryToJson } from '../json-form.js'
import { elementSource } from '../source.js'
import { type ChangeContext, document, parameter } from './parameters.js'

type ArrayChange = Exclude<Change, { readonly op: 'set' | 'increment' }>

/** The array or list `json`, changed; a missing one stays missing, but for `append`. */
export function changeArray(context: ChangeContext, json: string, change: ArrayChange): Fragment {
  if (change.op === 'append') {
    return context.statement.dialect.append(json, document(change.at.field, change.value))
  }
  return sql`case when ${json} is not null then ${changeElements(context, json, change)} end`
}

function changeElements(
  context: ChangeContext,
  json: string,
  change: Exclude<ArrayChange, { readonly op: 'append' }>,
): Fragment {
  const { statement } = context
  const { dialect } = statement
  const { field } = change.at
  const alias = statement.alias()
  const kept = dialect.kept(json, alias, field)
  switch (change.op) {
    case 'mergeEntries':
      return dialect.mergeEntries(
        json,
        field,
        parameter(change.value, entriesText(partialEntryToJson(field))),
      )
    case 'removeEntries': {
      const target = field.edge?.to.id
      if (!target) throw new TypeError(`"${field.name}" is no list of ids`)
      const ids = dialect.list([target], 'raw')
      const encode: Convert = (values) => ids.encode(values as readonly unknown[])
      const removed = ids.includes([dialect.entryId(json, alias, field)], parameter(change.value, encode))
      return dialect.collect(json, alias, kept, sql`not ${removed}`)
    }
    case 'removeElements':
      // What is unknown, because a member is null, is not to be removed.
      return dialect.collect(json, alias, kept, sql`(${matches(context, json, alias, change)}) is not true`)
    case 'updateElements': {
      let changed: Fragment = [dialect.elementJson(json, alias, [])]
      for (const { field: member, value } of change.set) {
        changed = dialect.put(changed, [member.column], document(member, value))
      }
      const condition = matches(context, json, alias, change)
      if (condition === TRUE) return dialect.collect(json, alias, changed, null)
      const unchanged = dialect.elementJson(json, alias, [])
      const element = sql`case when ${condition} then ${changed} else ${unchanged} end`
      return dialect.collect(json, alias, dialect.document(element), null)
    }
  }
}

/** The condition of a change of elements, on the element under an alias. */
function matches(
  { statement, scope }: ChangeContext,
  json: string,
  alias: string,
  change: Extract<Change, { readonly op: 'updateElements' | 'removeElements' }>,
): Fragment {
  const element = elementSource(statement.dialect, alias, json, change.at.field, change.at.path)
  return compileFilter(statement, change.where, { ...scope, element }, null)
}

function entriesText(convert: Convert): Convert {
  return (entries) => JSON.stringify((entries as readonly unknown[]).map(convert))
}
