import type { FastifyInstance } from 'fastify'
import { fail, unknownName } from '../errors/index.js'
import { presenterOf } from './answers/present.js'
import { Serializers } from './answers/serializers.js'
import { Discretion } from './answers/without-hidden.js'
import { checkPaths } from './check-paths.js'
import { addDocuments } from './documents.js'
import { addHealth } from './health.js'
import { readLimits } from './limits.js'
import { makeResources } from './make-resources.js'
import type { RestOptions } from './options.js'
import { errorHandler } from './problems/error-handler.js'
import type { Api } from './routes/api.js'
import { endRoutes } from './routes/end-routes.js'
import { recordRoutes } from './routes/record-routes.js'
import { addRoute, otherMethods, type Route } from './routes/route.js'
import { makeComponents } from './schemas/components.js'
import type { ServedDb } from './served-db.js'

const words = [
  'db',
  'models',
  'authorize',
  'limits',
  'requireIfMatch',
  'docs',
  'health',
  'notFound',
  'prefix',
  'logLevel',
  'logSerializers',
]

/**
 * A Fastify plugin that serves the models of a database: their records, their association ends, delete plans, a health check,
 * and the documentation of all that.
 *
 * @throws KIN_PATH_CLASH, KIN_UNKNOWN_OPTION, KIN_INVALID_ARGUMENT, KIN_PACKAGE_MISSING
 * @example
 * const app = fastify()
 * await app.register(kinshipRest, { db, prefix: '/api' })
 * await app.listen({ port: 3000 })
 */
export async function kinshipRest(app: FastifyInstance, options: RestOptions): Promise<void> {
  const db = readDb(options)
  const { authorize = null, requireIfMatch = false, docs = {}, health = '/health' } = options
  const resources = makeResources(db.graph, options.models)
  checkPaths(resources, {
    ...(docs !== false && { '/openapi.json': 'the document', [docs.path ?? '/docs']: 'the documentation' }),
    ...(health !== false && { [health]: 'the health check' }),
  })
  const { context, schemas, answers } = makeComponents(resources)
  const api: Api = {
    db,
    resources,
    limits: readLimits(options.limits),
    authorize,
    requireIfMatch,
    schemas: context,
    serializers: new Serializers(schemas, answers),
    present: presenterOf(resources),
    discretion: new Discretion(resources),
    isolation: isolationOf(db),
  }
  prepare(app, api)
  if (docs !== false) await addDocuments(app, docs, resources)
  for (const schema of schemas) app.addSchema(schema)
  const routes = [...resources.values()].flatMap((resource) => [
    ...recordRoutes(resource, api),
    ...resource.routed.flatMap((end) => endRoutes(end, api)),
  ])
  addRoutes(app, api, routes)
  app.addHook('onReady', async () => {
    api.serializers.compile()
  })
  if (health !== false) addHealth(app, health, api)
  if (options.notFound ?? app.prefix !== '') {
    app.setNotFoundHandler(({ url }) =>
      fail('KIN_NO_ROUTE', { message: `There is nothing at ${url.split('?', 1)[0]}.` }),
    )
  }
}

function readDb(options: RestOptions): ServedDb {
  for (const word of Object.keys(options)) {
    if (words.includes(word)) continue
    unknownName('KIN_UNKNOWN_OPTION', {
      word,
      kind: 'option',
      where: '`kinshipRest`',
      candidates: words,
      path: word,
    })
  }
  const { db } = options as { db?: unknown }
  if (typeof db === 'object' && db !== null && 'graph' in db) return db as ServedDb
  return fail('KIN_INVALID_ARGUMENT', {
    message: 'Expected a database as `db`.',
    path: 'db',
    hint: 'Pass what `connect` returns: app.register(kinshipRest, { db }).',
  })
}

/** What is read and then written must not change in between; where the store can see to that, it does. */
function isolationOf(db: object): Api['isolation'] {
  const { store } = db as { store?: { isolation: readonly string[] } }
  return store?.isolation.includes('serializable') ? { isolation: 'serializable' } : {}
}

function prepare(app: FastifyInstance, { resources, limits }: Api): void {
  // The engine checks what it is given, in words of the catalogue; schemas are for serializers and the document.
  app.setValidatorCompiler(() => () => true)
  app.setErrorHandler(errorHandler(resources))
  app.removeContentTypeParser('text/plain')
  acceptEmptyBodies(app)
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= limits.body
  })
}

/** Clients say that a body is JSON even where it is optional and they send none. */
function acceptEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}

function addRoutes(app: FastifyInstance, api: Api, routes: readonly Route[]): void {
  const known = new Map<string, string[]>()
  for (const route of uniquelyNamed(routes)) {
    addRoute(app, api, route)
    known.set(route.url, [...(known.get(route.url) ?? []), route.method])
  }
  for (const [url, methods] of known) {
    const others = otherMethods(methods)
    if (others.length === 0) continue
    app.route({
      method: others,
      url,
      schema: { hide: true },
      handler: (request, reply) => {
        void reply.header('allow', [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '))
        return fail('KIN_METHOD_NOT_ALLOWED', {
          message: `${request.method} is not among the methods of this path.`,
        })
      },
    })
  }
}

/** A model `userProfile` has the names that the end `profile` of `user` has; the later ones get a number. */
function* uniquelyNamed(routes: readonly Route[]): Generator<Route> {
  const taken = new Set<string>()
  for (const route of routes) {
    let { operationId } = route
    for (let next = 2; taken.has(operationId); next++) operationId = `${route.operationId}${next}`
    taken.add(operationId)
    yield { ...route, operationId }
  }
}
