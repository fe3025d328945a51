import type { ModelRoutes, RestDb, RestOptions } from '../rest/options.js'
import type { Graph, Model } from '../schema/graph.js'
import type { KinshipConfig } from './load-config.js'

/** Paths that the API has for itself. */
const taken = new Set(['docs', 'health'])

/** Options of the REST API for a database: those of the configuration, and without what cannot be done to it. */
export function restOptions(db: RestDb, graph: Graph, config: KinshipConfig, readOnly: boolean): RestOptions {
  const { rest = {} } = config
  const models = Object.fromEntries(
    [...graph.models.values()].flatMap((model): [string, false | ModelRoutes][] => {
      const given = rest.models?.[model.name] ?? {}
      if (given === false) return [[model.name, false]]
      return [[model.name, { ...pathOf(model), ...given, ...(readOnly && readingOnly(model, given)) }]]
    }),
  )
  return { notFound: true, ...rest, db, models }
}

const pathOf = ({ alias }: Model): ModelRoutes => (taken.has(alias) ? { path: `${alias}-records` } : {})

/** Nothing that writes has a route, so the documentation shows none. */
function readingOnly({ ends }: Model, { associations = {} }: ModelRoutes): ModelRoutes {
  return {
    create: false,
    update: false,
    delete: false,
    associations: Object.fromEntries(
      [...ends.keys()].map((name) => {
        const given = associations[name] ?? {}
        return [name, given === false ? false : { ...given, add: false, remove: false }]
      }),
    ),
  }
}
