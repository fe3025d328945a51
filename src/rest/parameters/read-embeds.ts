import type { Field } from '../../schema/graph.js'
import type { Resource } from '../resource.js'
import type { Query } from '../served-db.js'
import { embeddable, isFollowed, leadsOn } from './embeddable.js'
import { type Members, membersAt, membersOf } from './members.js'
import { integer, type Parameter, refuseParameter, refuseUnknown, several } from './parameter.js'
import type { ReadContext } from './read-context.js'
import { readFilter } from './read-filter.js'
import { countTree, readCount, readDeleted, readLimit, readSelect } from './read-select.js'
import { readSort } from './read-sort.js'

/** What `$embed` asks for at one name: its own options, and what is below. */
interface Branch {
  options: Parameter | null
  readonly below: Map<string, Branch>
}

/** Where a part of the tree stands. */
interface Place {
  /** associations on the way */
  readonly depth: number
  /** records that there can be around it */
  readonly records: number
}

/** What is embedded. */
interface Target {
  readonly resource: Resource
  readonly members: Members
  /** a list */
  readonly many: boolean
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
  return new EmbedReader(parameter.name, context).tree(branches(parameter), resource, { depth: 1, records })
}

function branches({ name, values, listed, members }: Parameter): Branch {
  const root: Branch = { options: null, below: new Map() }
  if (values.length > 0) {
    for (const path of several({ name, values, listed, members: new Map() }, 100)) branchAt(root, path)
  }
  for (const [path, options] of members) {
    if (options.values.length > 0) {
      const hint = `Write $embed=${path}, or ${options.name}[$limit]=….`
      refuseParameter(options.name, `"${options.name}" takes no value.`, hint)
    }
    branchAt(root, path).options = options
  }
  return root
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

/** Reads the branches of one request, and counts what they embed. */
class EmbedReader {
  readonly #parameter: string
  readonly #context: ReadContext
  #embeds = 0

  constructor(parameter: string, context: ReadContext) {
    this.#parameter = parameter
    this.#context = context
  }

  tree({ below }: Branch, resource: Resource, place: Place): Query {
    const tree: Record<string, unknown> = {}
    for (const [name, branch] of below) {
      const end = resource.ends.get(name)
      const field = resource.fields.get(name)
      if (end) {
        const target = { resource: end.target, members: membersAt(end), many: end.edge.many }
        tree[name] = this.#node(target, branch, place)
      } else if (field && leadsOn(field, resource)) tree[name] = this.#inside(field, branch, resource, place)
      else this.#refuse(name, `model "${resource.name}"`, embeddable(resource))
    }
    return tree
  }

  /** References inside of an embedded structure. */
  #inside(field: Field, branch: Branch, resource: Resource, place: Place): unknown {
    const inner = field.item ?? field
    const target = inner.edge && resource.all.get(inner.edge.to)
    if (target)
      return this.#node({ resource: target, members: membersOf(target), many: false }, branch, place)
    if (branch.options || branch.below.size === 0) {
      const hint = `Embed what it refers to: ${field.name}.….`
      refuseParameter(this.#parameter, `"${field.name}" is part of the record.`, hint)
    }
    const members = [...(inner.fields?.values() ?? [])]
    const followed = members.filter((member) => !member.hidden && isFollowed(member, resource))
    const tree: Record<string, unknown> = {}
    for (const [name, below] of branch.below) {
      const member = followed.find((known) => known.name === name)
      if (member) tree[name] = this.#inside(member, below, resource, place)
      else
        this.#refuse(
          name,
          `"${field.name}"`,
          followed.map((known) => known.name),
        )
    }
    return tree
  }

  #node({ resource, members, many }: Target, branch: Branch, { depth, records }: Place): unknown {
    const { limits } = this.#context
    if (depth > limits.embedDepth) {
      const message = `Embeds may follow ${limits.embedDepth} associations in a row, no more.`
      refuseParameter(this.#parameter, message)
    }
    if (++this.#embeds > limits.embeds) {
      refuseParameter(this.#parameter, `At most ${limits.embeds} ends may be embedded.`)
    }
    this.#context.touch(resource, 'list')
    const query = this.#options(branch.options, { resource, members, many })
    const reached = records * (many ? Number(query['limit']) : 1)
    if (reached > limits.rows) {
      const hint = `Lower $limit, or $embed[…][$limit], whose default is ${limits.page}.`
      const message = `This could reach ${reached} records; at most ${limits.rows} are allowed.`
      refuseParameter(this.#parameter, message, hint)
    }
    if (branch.below.size > 0) {
      query['populate'] = this.tree(branch, resource, { depth: depth + 1, records: reached })
    }
    return Object.keys(query).length === 0 ? true : query
  }

  /** The query of an embedded end, but for what is embedded further. */
  #options(options: Parameter | null, { resource, members, many }: Target): Record<string, unknown> {
    const context = this.#context
    const { page, maxPage } = context.limits
    const query: Record<string, unknown> = many ? { limit: page } : {}
    const filters: [string, Parameter][] = []
    for (const [name, option] of options?.members ?? []) {
      if (name === '$select') query['select'] = readSelect(option, resource)
      else if (name === '$count') query['count'] = countTree(readCount(option, resource), resource, context)
      else if (name === '$deleted') query['deleted'] = readDeleted(option)
      else if (name === '$sort' && many) query['orderBy'] = readSort(option, members, context)
      else if (name === '$limit' && many) query['limit'] = readLimit(option, maxPage)
      else if (name === '$skip' && many) query['offset'] = integer(option, 0)
      else if (name.startsWith('$') && !filterWords.has(name)) refuseOption(name, option, many)
      else filters.push([name, option])
    }
    if (filters.length > 0) query['where'] = readFilter(filters, members, context)
    return query
  }

  #refuse(word: string, where: string, candidates: readonly string[]): never {
    return refuseUnknown(this.#parameter, {
      code: 'KIN_UNKNOWN_ASSOCIATION',
      word,
      kind: 'association',
      where,
      candidates,
    })
  }
}

const filterWords: ReadonlySet<string> = new Set(['$and', '$or', '$not', '$link'])

const ofOne = ['$select', '$count', '$deleted']

function refuseOption(word: string, { name }: Parameter, many: boolean): never {
  return refuseUnknown(name, {
    code: 'KIN_UNKNOWN_OPTION',
    word,
    kind: 'option',
    where: `an embedded ${many ? 'list' : 'record'}`,
    candidates: many ? [...ofOne, '$sort', '$limit', '$skip'] : ofOne,
  })
}
