import type { EndResource, Resource } from '../resource.js'
import type { Query } from '../served-db.js'
import { membersAt, membersOf } from './members.js'
import {
  flag,
  integer,
  type Parameter,
  refuseParameter,
  refuseUnknown,
  several,
  single,
} from './parameter.js'
import type { ReadContext } from './read-context.js'
import { readEmbeds } from './read-embeds.js'
import { readFilter } from './read-filter.js'
import { countTree, readCount, readDeleted, readLimit, readSelect } from './read-select.js'
import { readSort } from './read-sort.js'

/** What a list asks for. */
export interface ListQuery {
  /** where, orderBy, select, populate, count, deleted: those that were given */
  readonly query: Query
  readonly limit: number
  readonly offset: number
  /** a cursor; then there is no offset */
  readonly after: string | null
  /** all records are counted */
  readonly total: boolean
  /** no records are read, only their number */
  readonly onlyCount: boolean
}

/** The parameters of lists, in the order in which the documentation has them. */
const listWords = [
  '$embed',
  '$select',
  '$sort',
  '$limit',
  '$skip',
  '$page',
  '$after',
  '$count',
  '$total',
  '$term',
  '$searchFields',
  '$deleted',
] as const

/** The parameters of single records. */
const recordWords = ['$embed', '$select', '$count', '$deleted'] as const

/** @param end of whose targets the list is; null for a list of a model */
export function readListQuery(
  { members: parameters }: Parameter,
  resource: Resource,
  end: EndResource | null,
  context: ReadContext,
): ListQuery {
  const members = end ? membersAt(end) : membersOf(resource)
  const { limits } = context
  const filters = [...parameters].filter(([name]) => !isWord(name, listWords))
  for (const [name, parameter] of filters) {
    if (name.startsWith('$') && !filterWords.has(name)) refuseWord(name, parameter, listWords)
  }
  const given = (name: string): Parameter | undefined => parameters.get(name)
  const limit = ofGiven(given('$limit'), (parameter) => readLimit(parameter, limits.maxPage)) ?? limits.page
  const { onlyCount, counts } = readCounts(given('$count'), resource, context)
  const where = [
    ...(filters.length > 0 ? [readFilter(filters, members, context)] : []),
    ...readTerm(given('$term'), given('$searchFields'), resource),
  ]
  return {
    query: {
      ...(where.length > 0 && { where: where.length === 1 ? where[0] : { $and: where } }),
      ...part('orderBy', given('$sort'), (sort) => readSort(sort, members, context)),
      ...readShape(parameters, resource, limit, context),
      ...counts,
    },
    limit,
    ...readPosition(given('$skip'), given('$page'), given('$after'), limit),
    total: ofGiven(given('$total'), flag) ?? true,
    onlyCount,
  }
}

/** The parameters of a single record. */
export function readRecordQuery(
  { members: parameters }: Parameter,
  resource: Resource,
  context: ReadContext,
): Query {
  for (const [name, parameter] of parameters) {
    if (!isWord(name, recordWords)) refuseWord(name, parameter, recordWords)
  }
  const counted = part('count', parameters.get('$count'), (count) =>
    countTree(readCount(count, resource), resource, context),
  )
  return { ...readShape(parameters, resource, 1, context), ...counted }
}

const filterWords: ReadonlySet<string> = new Set(['$and', '$or', '$not', '$link'])

function refuseWord(word: string, { name }: Parameter, candidates: readonly string[]): never {
  return refuseUnknown(name, {
    code: 'KIN_UNKNOWN_OPTION',
    word,
    kind: 'parameter',
    where: 'this request',
    candidates,
  })
}

const isWord = (name: string, words: readonly string[]): boolean => words.includes(name)

const ofGiven = <T>(parameter: Parameter | undefined, read: (parameter: Parameter) => T): T | undefined =>
  parameter && read(parameter)

const part = (
  option: string,
  parameter: Parameter | undefined,
  read: (parameter: Parameter) => unknown,
): Query => (parameter ? { [option]: read(parameter) } : {})

function readShape(
  parameters: ReadonlyMap<string, Parameter>,
  resource: Resource,
  records: number,
  context: ReadContext,
): Query {
  return {
    ...part('select', parameters.get('$select'), (select) => readSelect(select, resource)),
    ...part('populate', parameters.get('$embed'), (embed) => readEmbeds(embed, resource, records, context)),
    ...part('deleted', parameters.get('$deleted'), readDeleted),
  }
}

/** `$count=true` asks for the number of records alone, names of ends for the numbers of their targets. */
function readCounts(
  parameter: Parameter | undefined,
  resource: Resource,
  context: ReadContext,
): { onlyCount: boolean; counts: Query } {
  const [word, ...more] = parameter?.values ?? []
  if (!parameter || (more.length === 0 && word === 'false')) return { onlyCount: false, counts: {} }
  if (more.length === 0 && word === 'true') return { onlyCount: true, counts: {} }
  const names = readCount(parameter, resource)
  return { onlyCount: false, counts: { count: countTree(names, resource, context) } }
}

/** `$term` is looked for in every one of the fields, in any place and without regard to case. */
function readTerm(term: Parameter | undefined, fields: Parameter | undefined, resource: Resource): Query[] {
  const { searchable, name } = resource
  const words = fields ? several(fields, 50) : searchable
  for (const word of words) {
    if (searchable.includes(word)) continue
    refuseUnknown('$searchFields', {
      code: 'KIN_UNKNOWN_FIELD',
      word,
      kind: 'field to search',
      where: `model "${name}"`,
      candidates: searchable,
    })
  }
  if (!term) return []
  if (words.length === 0) refuseParameter('$term', `Records of "${name}" have no fields to search.`)
  const pattern = `%${single(term).replaceAll(/[\\%_]/g, '\\$&')}%`
  return [{ $or: words.map((word) => ({ [word]: { $ilike: pattern } })) }]
}

function readPosition(
  skip: Parameter | undefined,
  page: Parameter | undefined,
  after: Parameter | undefined,
  limit: number,
): { offset: number; after: string | null } {
  const given = [skip, page, after].filter((parameter) => parameter !== undefined)
  if (given.length > 1) {
    const names = given.map((parameter) => parameter.name).join(' and ')
    refuseParameter(given[1]?.name ?? '', `${names} exclude each other.`)
  }
  if (after) return { offset: 0, after: single(after) }
  if (page) return { offset: (integer(page, 1) - 1) * limit, after: null }
  return { offset: skip ? integer(skip, 0) : 0, after: null }
}
