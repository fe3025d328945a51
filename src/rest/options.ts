import type { FastifyRequest } from 'fastify'
import type { Limits } from './limits.js'

/** What a request is about to do. */
export interface Action {
  /**
   * `read` and `list` also stand for embeds, filters, orders and counts that look at a model; `create` for records
   * nested in data; `link` and `unlink` for changes of an association, from either end.
   */
  readonly kind: 'list' | 'read' | 'create' | 'update' | 'delete' | 'restore' | 'link' | 'unlink'
  /** The model whose records it is done to. */
  readonly model: string
  /** The record that the path names, as it was given; null where it names none, or this is not the request's own model. */
  readonly id: string | null
  /** The association end it is done to; null for records themselves. */
  readonly association: string | null
}

/**
 * Says whether a request may do something: false refuses (403), true allows, and an object of filters by model allows
 * within these scopes, as `db.scoped` takes them. Throw an error with a `statusCode` for any other answer, such as 401.
 */
export type Authorize = (
  request: FastifyRequest,
  action: Action,
) => boolean | object | Promise<boolean | object>

/** Routes of one association end; all on unless switched off. */
export interface EndRoutes {
  /** The last segment of its routes. Default: the end's name. */
  readonly path?: string
  /** Its list or record, and embeds, filters and orders over it. */
  readonly read?: boolean
  /** Adding, and naming it in data. */
  readonly add?: boolean
  /** Removing, and replacing its list. */
  readonly remove?: boolean
}

/** Routes of one model; all on unless switched off. */
export interface ModelRoutes {
  /** The first segment of its routes. Default: the model's alias, which by default is its name. */
  readonly path?: string
  readonly list?: boolean
  readonly read?: boolean
  readonly create?: boolean
  readonly update?: boolean
  /** Deleting, its plan, and restoring. */
  readonly delete?: boolean
  /** The fields that `$term` may search. Default: every string and text field that is shown. */
  readonly searchFields?: readonly string[]
  /** By name of the end; false switches one off altogether. */
  readonly associations?: Readonly<Record<string, false | EndRoutes>>
}

export interface DocsOptions {
  /** Title of the document. Default `API`. */
  readonly title?: string
  /** Version of the API. Default `1.0.0`. */
  readonly version?: string
  readonly description?: string
  /** Where the page is. Default `/docs`. */
  readonly path?: string
  /** Where the API is; by default where the document is. */
  readonly servers?: readonly { readonly url: string; readonly description?: string }[]
  /** How callers say who they are, as OpenAPI has it, by name. */
  readonly securitySchemes?: Readonly<Record<string, object>>
  /** Which of these are asked for, e.g. `[{ bearer: [] }]`. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}

/** A database of any graph, as `connect` or `scoped` gives it. */
export interface RestDb {
  readonly graph: object
  scoped(scopes: never): unknown
}

/** Options of `kinshipRest`. */
export interface RestOptions {
  readonly db: RestDb
  /** By name of the model; false leaves one out altogether: it has no routes, and no other route leads to it. */
  readonly models?: Readonly<Record<string, false | ModelRoutes>>
  /** Called before anything is looked at. Default: everybody may do everything. */
  readonly authorize?: Authorize
  readonly limits?: Partial<Limits>
  /** Updates and deletes of a record need an `If-Match` (428). Default false. */
  readonly requireIfMatch?: boolean
  /** `/openapi.json` and a page to browse it; needs `@fastify/swagger` and `@fastify/swagger-ui`. Default on. */
  readonly docs?: false | DocsOptions
  /** Answers paths that nothing is at with a problem document. Default: only where there is a `prefix` of the API's own. */
  readonly notFound?: boolean
  /** Where the health check is. Default `/health`. */
  readonly health?: false | string
}
