import type { Field } from '../../schema/graph.js'
import type { EndResource, Resource } from '../resource.js'
import type { Query } from '../served-db.js'
import { membersAt, membersOf, type Members } from './members.js'
import { integer, type Parameter, refuseParameter, refuseUnknown, several } from './parameter.js'
import type { ReadContext } from './read-context.js'
import { readFilter } from './read-filter.js'
import { readCount, readDeleted, readSelect } from './read-select.js'
import { readSort } from './read-sort.js'

/** What `$embed` asks for at one name: its own options, and what is below. */
interface Branch {
  options: Parameter | null
  readonly below: Map<string, Branch>
}

/** How many records there can be at one place of a result, and how many ends were embedded. */
interface Budget {
  embeds: number
}

interface Place {
  readonly depth: number
  /** records there can be here */
  readonly records: number
}

/**
 * `$embed=posts.hashtags,groups` and `$embed[posts][$limit]=3` as a populate tree.
 *
 * @param records how many records there can be to embed into
 */
export function readEmbeds(
  parameter: Parameter,
  resource: Resource,
  records: number,
  context: ReadContext,
): Query {
  const root: Branch = { options: null, below: new Map() }
  const { name, values, listed, members } = parameter
  if (values.length > 0) {
    for (const path of several({ name, values, listed, members: new Map() }, 100)) branchAt(root, path)
  }
  for (const [path, options] of members) {
    const branch = branchAt(root, path)
    if (options.values.length > 0)
      refuseParameter(
        options.name,
        `"${options.name}" takes no value.`,
        `Write $embed=${path}, or ${options.name}[$limit]=….`,
      )
    branch.options = options
  }
  return readTree(root, resource, name, { depth: 1, records }, { embeds: 0 }, context)
}

function branchAt(root: Branch, path: string): Branch {
  let branch = root
  for (const name of path.split('.')) {
    const inner = branch.below.get(name) ?? { options: null, below: new Map() }
    branch.below.set(name, inner)
    branch = inner
  }
  return branch
}

function readTree(
  { below }: Branch,
  resource: Resource,
  parameter: string,
  place: Place,
  budget: Budget,
  context: ReadContext,
): Query {
  const tree: Record<string, unknown> = {}
  for (const [name, branch] of below) {
    const end = resource.ends.get(name)
    const field = resource.fields.get(name)
    tree[name] = end
      ? readEnd(end, branch, parameter, place, budget, context)
      : field && leadsOn(field, resource)
        ? readInside(field, branch, resource, parameter, place, budget, context)
        : refuseUnknown(parameter, {
            code: 'KIN_UNKNOWN_ASSOCIATION',
            word: name,
            kind: 'association',
            where: `model "${resource.name}"`,
            candidates: embeddable(resource),
          })
  }
  return tree
}

/** What `$embed` may name in a model: its ends, and embedded structures with references in them. */
export function embeddable({ ends, fields, all }: Pick<Resource, 'ends' | 'fields' | 'all'>): string[] {
  const inside = [...fields.values()].filter((field) => !ends.has(field.name) && leadsOn(field, { all }))
  return [...ends.keys(), ...inside.map((field) => field.name)]
}

/** An embedded structure that has a reference in it which can be followed. */
export function leadsOn(field: Field, { all }: Pick<Resource, 'all'>): boolean {
  if (field.hidden) return false
  if (field.item) return field.item.edge ? all.has(field.item.edge.to) : leadsOn(field.item, { all })
  return [...(field.fields?.values() ?? [])].some((inner) =>
    inner.edge && !inner.item ? !inner.hidden && all.has(inner.edge.to) : leadsOn(inner, { all }),
  )
}

function readInside(
  field: Field,
  branch: Branch,
  resource: Resource,
  parameter: string,
  place: Place,
  budget: Budget,
  context: ReadContext,
): unknown {
  const inner = field.item ?? field
  if (inner.edge) {
    const target = resource.all.get(inner.edge.to)
    if (target) return readNode(target, membersOf(target), false, branch, parameter, place, budget, context)
  }
  const fields = inner.fields ?? new Map<string, Field>()
  const tree: Record<string, unknown> = {}
  for (const [name, below] of branch.below) {
    const member = fields.get(name)
    if (
      !member ||
      member.hidden ||
      !(member.edge ? resource.all.has(member.edge.to) : leadsOn(member, resource))
    ) {
      return refuseUnknown(parameter, {
        code: 'KIN_UNKNOWN_ASSOCIATION',
        word: name,
        kind: 'association',
        where: `"${field.name}"`,
        candidates: [...fields.keys()],
      })
    }
    tree[name] = readInside(member, below, resource, parameter, place, budget, context)
  }
  if (branch.options || branch.below.size === 0) {
    return refuseParameter(
      parameter,
      `"${field.name}" is part of the record.`,
      `Embed what it refers to: ${field.name}.….`,
    )
  }
  return tree
}

const readEnd = (
  end: EndResource,
  branch: Branch,
  parameter: string,
  place: Place,
  budget: Budget,
  context: ReadContext,
): unknown => readNode(end.target, membersAt(end), end.edge.many, branch, parameter, place, budget, context)

function readNode(
  target: Resource,
  members: Members,
  many: boolean,
  branch: Branch,
  parameter: string,
  { depth, records }: Place,
  budget: Budget,
  context: ReadContext,
): unknown {
  const { limits } = context
  if (depth > limits.embedDepth) {
    refuseParameter(parameter, `Embeds may follow ${limits.embedDepth} associations in a row, no more.`)
  }
  if (++budget.embeds > limits.embeds)
    refuseParameter(parameter, `At most ${limits.embeds} ends may be embedded.`)
  context.touch(target, 'list')
  const query: Record<string, unknown> = {}
  const filters: [string, Parameter][] = []
  let limit = many ? limits.page : 1
  for (const [name, option] of branch.options?.members ?? []) {
    if (name === '$select') query['select'] = readSelect(option, target)
    else if (name === '$count') query['count'] = countTree(readCount(option, target), target, context)
    else if (name === '$deleted') query['deleted'] = readDeleted(option)
    else if (name === '$sort' && many) query['orderBy'] = readSort(option, members, context)
    else if (name === '$limit' && many) limit = readLimit(option, limits.maxPage)
    else if (name === '$skip' && many) query['offset'] = integer(option, 0)
    else if (name.startsWith('$') && name !== '$link' && !logic.has(name)) refuseOption(name, option, many)
    else filters.push([name, option])
  }
  if (many) query['limit'] = limit
  if (filters.length > 0) query['where'] = readFilter(filters, members, context)
  const reached = records * limit
  if (reached > limits.rows) {
    const hint = `Lower $limit, or $embed[…][$limit], whose default is ${limits.page}.`
    refuseParameter(
      parameter,
      `This could reach ${reached} records; at most ${limits.rows} are allowed.`,
      hint,
    )
  }
  if (branch.below.size > 0) {
    query['populate'] = readTree(
      branch,
      target,
      parameter,
      { depth: depth + 1, records: reached },
      budget,
      context,
    )
  }
  return Object.keys(query).length === 0 ? true : query
}

const logic: ReadonlySet<string> = new Set(['$and', '$or', '$not'])

/** @throws RequestFault where it is beyond the most */
export function readLimit(parameter: Parameter, most: number): number {
  const limit = integer(parameter, 1)
  return limit <= most
    ? limit
    : refuseParameter(parameter.name, `"${parameter.name}" may be ${most} at most.`)
}

export function countTree(names: readonly string[], { ends }: Resource, context: ReadContext): Query {
  for (const name of names) {
    const end = ends.get(name)
    if (end) context.touch(end.target, 'list')
  }
  return Object.fromEntries(names.map((name) => [name, true]))
}

function refuseOption(word: string, { name }: Parameter, many: boolean): never {
  const one = ['$select', '$count', '$deleted']
  return refuseUnknown(name, {
    code: 'KIN_UNKNOWN_OPTION',
    word,
    kind: 'option',
    where: `an embedded ${many ? 'list' : 'record'}`,
    candidates: many ? [...one, '$sort', '$limit', '$skip'] : one,
  })
}
