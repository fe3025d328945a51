import type { ReadNode } from '../../../store/read.js'
import type { Value } from '../../../store/filter.js'
import { compileFilter } from '../filter.js'
import type { Scope } from '../filter/scope.js'
import type { Part } from '../fragment.js'
import type { Select } from './select.js'

/** Only what may be seen of the node and what the caller asks for. */
export const restrict = (select: Select, node: ReadNode, scope: Scope): void => {
  for (const filter of [node.scope, node.where]) {
    select.conditions.push(compileFilter(select.statement, filter, scope, select.joins))
  }
}

const number = (value: Value | null): Part | null => (value === null ? null : { value, encode: null })

/** Only so many rows, from a place on. */
export const page = (select: Select, node: ReadNode): void => {
  select.limit = number(node.limit)
  select.offset = number(node.offset)
}
