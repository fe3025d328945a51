import { fail, unknownName } from '../errors/index.js'
import type { Edge, Model } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import { always } from '../store/filter.js'
import type { CountTerm } from '../store/read.js'
import type { QueryContext } from './draft.js'
import { targetMembers } from './members.js'
import { parseDeleted } from './parse-deleted.js'
import { parseWhere } from './parse-where.js'
import { refuseShape } from './refuse.js'
import { unknownOption } from './unknown-option.js'
import { type Deleted, visibleOver } from './visibility.js'

/** The numbers that a node shows in `$count`, by the names of to-many ends. */
export function parseCounts(
  tree: unknown,
  model: Model,
  deleted: Deleted,
  context: QueryContext,
  path: string,
): CountTerm[] {
  if (!isPlainObject(tree)) return refuseShape(path, 'an object of ends to count', tree)
  return Object.entries(tree)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => parseCount(name, value, model, deleted, context, `${path}.${name}`))
}

function parseCount(
  name: string,
  value: unknown,
  model: Model,
  around: Deleted,
  context: QueryContext,
  path: string,
): CountTerm {
  const edge = countedEnd(name, model, path)
  const { visibility, slots } = context
  const term = (deleted: Deleted, where: CountTerm['where']): CountTerm => {
    return { name, edge, scope: visibleOver(visibility, edge, deleted), where }
  }
  if (value === true) return term('exclude', always)
  if (!isPlainObject(value)) return refuseShape(path, 'true or an object with `where` and `deleted`', value)
  let where = always
  for (const [option, given] of Object.entries(value)) {
    if (given === undefined || option === 'deleted') continue
    const at = `${path}.${option}`
    if (option !== 'where') return unknownOption(option, ['where', 'deleted'], `the count of "${name}"`, at)
    where = parseWhere(given, targetMembers(edge), visibility, slots, at)
  }
  return term(parseDeleted(value['deleted'], around, `${path}.deleted`), where)
}

function countedEnd(word: string, model: Model, path: string): Edge {
  const edge = model.ends.get(word)
  if (edge?.many) return edge
  if (edge) {
    return fail('KIN_INVALID_QUERY', {
      message: `"${word}" of model "${model.name}" leads to one record at most, so there is nothing to count.`,
      path,
    })
  }
  const candidates = [...model.ends].filter(([, end]) => end.many).map(([name]) => name)
  return unknownName('KIN_UNKNOWN_ASSOCIATION', {
    word,
    kind: 'to-many end',
    where: `model "${model.name}"`,
    candidates,
    path,
  })
}
