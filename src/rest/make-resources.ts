import { fail, unknownName } from '../errors/index.js'
import type { Edge, Graph, Model } from '../schema/graph.js'
import type { EndRoutes, ModelRoutes, RestOptions } from './options.js'
import { type EndResource, type Resource, type Resources, shownMembers } from './resource.js'

type Mutable = {
  -readonly [K in keyof Resource]: Resource[K] extends ReadonlyMap<infer N, infer V> ? Map<N, V> : Resource[K]
}

const switches = ['list', 'read', 'create', 'update', 'delete'] as const
const modelWords = ['path', ...switches, 'searchFields', 'associations'] as const
const endWords = ['path', 'read', 'add', 'remove'] as const

/** The models of a graph as callers see them. @throws KIN_UNKNOWN_OPTION, KIN_UNKNOWN_FIELD, KIN_INVALID_ARGUMENT */
export function makeResources(graph: Graph, options: RestOptions['models'] = {}): Resources {
  checkWords(options, [...graph.models.keys()], 'model', '`models`', 'models')
  const all = new Map<Model, Resource>()
  for (const [name, model] of graph.models) {
    const routes = options[name] ?? {}
    if (routes !== false) all.set(model, makeResource(model, routes, all))
  }
  for (const resource of all.values()) {
    const routes = options[resource.name]
    addEnds(resource as unknown as Mutable, routes === false ? {} : (routes?.associations ?? {}))
  }
  return all
}

function makeResource(model: Model, routes: ModelRoutes, all: Resources): Resource {
  const at = `models.${model.name}`
  checkWords(routes, modelWords, 'option', `\`${at}\``, at)
  const fields = shownMembers(model.fields)
  const texts = [...fields.values()].filter((field) => field.kind === 'string' || field.kind === 'text')
  const known = texts.map((field) => field.name)
  for (const word of routes.searchFields ?? []) {
    if (known.includes(word)) continue
    unknownName('KIN_UNKNOWN_FIELD', {
      word,
      kind: 'text field',
      where: `model "${model.name}"`,
      candidates: known,
      path: `${at}.searchFields`,
    })
  }
  return {
    model,
    name: model.name,
    path: segment(routes.path ?? model.alias, `${at}.path`),
    allow: {
      list: routes.list ?? true,
      read: routes.read ?? true,
      create: routes.create ?? true,
      update: routes.update ?? true,
      delete: routes.delete ?? true,
    },
    fields,
    ends: new Map(),
    writable: new Map(),
    routed: [],
    searchable: routes.searchFields ?? known,
    all,
  }
}

function addEnds(resource: Mutable, options: Readonly<Record<string, false | EndRoutes>>): void {
  const { model, all, name } = resource
  const shown = [...model.ends].filter(([, edge]) => !edge.hidden)
  const at = `models.${name}.associations`
  checkWords(
    options,
    shown.map(([end]) => end),
    'association',
    `model "${name}"`,
    at,
  )
  const routed: EndResource[] = []
  for (const [end, edge] of shown) {
    const routes = options[end] ?? {}
    const target = all.get(edge.to)
    if (routes === false || !target) continue
    checkWords(routes, endWords, 'option', `\`${at}.${end}\``, `${at}.${end}`)
    const made = makeEnd(end, edge, resource, target, routes)
    routed.push(made)
    if (made.allow.read) resource.ends.set(end, made)
    if (made.allow.add && (made.allow.remove || !edge.many)) resource.writable.set(end, made)
  }
  resource.routed = routed
}

function makeEnd(
  name: string,
  edge: Edge,
  owner: Resource,
  target: Resource,
  { path = name, read = true, add = true, remove = true }: EndRoutes,
): EndResource {
  const at = `models.${owner.name}.associations.${name}.path`
  return { name, edge, owner, target, path: segment(path, at), allow: { read, add, remove } }
}

/** One segment of a path, as it stands in a URL. */
function segment(text: string, path: string): string {
  if (/^[\p{L}\p{N}_~-][\p{L}\p{N}_.~-]*$/u.test(text)) return text
  return fail('KIN_INVALID_ARGUMENT', {
    message: `"${text}" cannot be a segment of a path.`,
    path,
    hint: 'Use letters, digits, "-" and "_".',
  })
}

function checkWords(
  given: object,
  candidates: readonly string[],
  kind: string,
  where: string,
  path: string,
): void {
  for (const word of Object.keys(given)) {
    if (!candidates.includes(word)) {
      unknownName('KIN_UNKNOWN_OPTION', { word, kind, where, candidates, path: `${path}.${word}` })
    }
  }
}
