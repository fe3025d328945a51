/**
 * The one traversal that every call makes (R36): it yields the key under which the query's plan is kept, and takes the
 * call's values out of the query. What decides the plan goes into the key (names, structure, null); what does not, into the
 * values. `parse-query` visits the same places in the same order when the key is new.
 *
 * Marks are control characters, which no name contains, so two different shapes never have the same key.
 */
import { fail } from '../errors/index.js'
import type { Model } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import {
  edgeGuide,
  type FilterGuide,
  leafGuide,
  modelGuide,
  type PopulateGuide,
  populateGuide,
} from './guide.js'

const OPEN = '\x01'
const CLOSE = '\x02'
const VALUE = '\x03'
const LIST = '\x04'
const LIST_WITH_NULL = '\x05'
const NULL = '\x06'
const YES = '\x07'
const NO = '\x08'
const WORD = '\x0e'
/** Something that cannot stand here. Such a query is refused when it is parsed, so no plan has a key with this mark. */
const ODD = '\x0f'

/** Deeper queries are refused; a cycle is deeper than any limit. */
const DEPTH = 40

// oxlint-disable-next-line no-control-regex -- the marks above are what it must find
const marks = /[\0-\x1f]/

/** The key of a query on a model. The call's values are appended to `values`. */
export function queryKey(query: unknown, model: Model, values: unknown[]): string {
  return query === undefined ? '' : nodeKey(query, modelGuide(model), model, values, 0)
}

/** The key of a filter on a model's records. */
export function whereKey(where: unknown, model: Model, values: unknown[]): string {
  return filterKey(where, modelGuide(model), values, 0)
}

/** The key of a filter on the elements of an embedded array, or on any other members. */
export function membersKey(where: unknown, guide: FilterGuide, values: unknown[]): string {
  return filterKey(where, guide, values, 0)
}

function nodeKey(node: unknown, guide: FilterGuide, model: Model, values: unknown[], depth: number): string {
  if (!isPlainObject(node)) return ODD
  let key = OPEN
  for (const name of Object.keys(node)) {
    const value = node[name]
    if (value === undefined) continue
    switch (name) {
      case 'where':
        key += `w${filterKey(value, guide, values, depth + 1)}`
        break
      case 'populate':
        key += `p${treeKey(value, populateGuide(model), values, depth + 1)}`
        break
      case 'limit':
      case 'offset':
        values.push(value)
        key += name + VALUE
        break
      case 'orderBy':
        key += `o${orderKey(value, depth + 1)}`
        break
      case 'count':
        key += `c${treeKey(value, populateGuide(model), values, depth + 1)}`
        break
      case 'select':
      case 'omit':
      case 'reveal':
        key += name + wordsKey(value)
        break
      case 'deleted':
      case 'strategy':
        key += name + wordKey(value) + CLOSE
        break
      case 'after':
      case 'signal':
        // For the call to read. Whether it takes them is part of the shape, what they are is not.
        key += name + (depth === 0 ? YES : ODD)
        break
      default:
        key += ODD
    }
  }
  return key + CLOSE
}

function treeKey(tree: unknown, guide: PopulateGuide, values: unknown[], depth: number): string {
  if (!isPlainObject(tree)) return ODD
  guardDepth(depth)
  let key = OPEN
  for (const name of Object.keys(tree)) {
    const value = tree[name]
    if (value === undefined) continue
    const inner = guide.members.get(name)
    if (!inner) return ODD
    key += name
    if (value === true) key += YES
    else if (inner.edge) key += nodeKey(value, edgeGuide(inner.edge), inner.edge.to, values, depth + 1)
    else key += treeKey(value, inner, values, depth + 1)
  }
  return key + CLOSE
}

function filterKey(filter: unknown, guide: FilterGuide, values: unknown[], depth: number): string {
  if (!isPlainObject(filter)) return valueKey(filter, values)
  guardDepth(depth)
  let key = OPEN
  for (const name of Object.keys(filter)) {
    const value = filter[name]
    if (value === undefined) continue
    const inner = guide.members.get(name)
    if (inner) key += name + memberKey(value, inner, values, depth + 1)
    else if (name.startsWith('$')) key += operatorKey(name, value, guide, values, depth + 1)
    else key += wordKey(name) + memberKey(value, leafGuide, values, depth + 1)
  }
  return key + CLOSE
}

function memberKey(value: unknown, guide: FilterGuide, values: unknown[], depth: number): string {
  if (guide.json && !hasOperators(value)) return valueKey(value, values)
  return filterKey(value, guide, values, depth)
}

function operatorKey(
  name: string,
  value: unknown,
  guide: FilterGuide,
  values: unknown[],
  depth: number,
): string {
  switch (name) {
    case '$and':
    case '$or':
      return name + listKey(value, (part) => filterKey(part, guide, values, depth))
    case '$in':
    case '$nin':
      if (!Array.isArray(value)) return ODD
      values.push(value)
      return name + (value.includes(null) ? LIST_WITH_NULL : LIST)
    case '$exists':
      return name + flagKey(value)
    case '$not':
      return name + memberKey(value, guide, values, depth)
    case '$size':
      return name + filterKey(value, leafGuide, values, depth)
    default:
      return wordKey(name) + (guide.json ? valueKey(value, values) : filterKey(value, guide, values, depth))
  }
}

function valueKey(value: unknown, values: unknown[]): string {
  if (value === null) return NULL
  values.push(value)
  return VALUE
}

function orderKey(order: unknown, depth: number): string {
  if (Array.isArray(order)) return listKey(order, (part) => orderTreeKey(part, depth))
  return orderTreeKey(order, depth)
}

function orderTreeKey(order: unknown, depth: number): string {
  if (order === 'asc') return YES
  if (order === 'desc') return NO
  if (!isPlainObject(order)) return ODD
  guardDepth(depth)
  let key = OPEN
  for (const name of Object.keys(order)) {
    const value = order[name]
    if (value !== undefined) key += wordKey(name) + orderTreeKey(value, depth + 1)
  }
  return key + CLOSE
}

function listKey(list: unknown, keyOf: (part: unknown) => string): string {
  if (!Array.isArray(list)) return ODD
  let key = OPEN
  for (const part of list) key += keyOf(part)
  return key + CLOSE
}

const wordsKey = (words: unknown): string => listKey(words, wordKey)

function wordKey(word: unknown): string {
  return typeof word === 'string' && !marks.test(word) ? WORD + word : ODD
}

function flagKey(flag: unknown): string {
  if (flag === true) return YES
  return flag === false ? NO : ODD
}

/** In JSON fields an object with operators is a test, any other is a value to equal. */
export function hasOperators(value: unknown): boolean {
  return isPlainObject(value) && Object.keys(value).some((name) => name.startsWith('$'))
}

function guardDepth(depth: number): void {
  if (depth > DEPTH) {
    fail('KIN_INVALID_QUERY', {
      message: `The query is nested more than ${DEPTH} levels deep.`,
      hint: 'Load or filter in several steps; an object that contains itself cannot be a query.',
    })
  }
}
