import type { EndResource } from '../resource.js'
import type { Api } from './api.js'
import { manyRoutes } from './many-end-routes.js'
import { oneRoutes } from './one-end-routes.js'
import type { Route } from './route.js'

/** The routes of an association end, below its owner. */
export const endRoutes = (end: EndResource, api: Api): Route[] =>
  end.edge.many ? manyRoutes(end, api) : oneRoutes(end, api)
