import type { FastifyInstance } from 'fastify'
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { fail } from '../errors/index.js'
import type { DocsOptions } from './options.js'
import type { Resources } from './resource.js'

/** Loads a package that only this option needs. @throws KIN_PACKAGE_MISSING */
async function load<T>(name: string, found: () => Promise<T>): Promise<T> {
  try {
    return await found()
  } catch (cause) {
    return fail('KIN_PACKAGE_MISSING', {
      message: `The documentation needs the package ${name}.`,
      hint: 'Install it, or register with `docs: false`.',
      details: { packages: [name] },
      cause,
    })
  }
}

/**
 * Documents the routes that are added after this call, at `/openapi.json` and on a page. An application that has registered
 * `@fastify/swagger` itself keeps its own document, and gets these routes into it.
 */
export async function addDocuments(
  app: FastifyInstance,
  { title = 'API', version = '1.0.0', description, path = '/docs', ...more }: DocsOptions,
  resources: Resources,
): Promise<void> {
  if (!app.hasDecorator('swagger')) {
    const { default: swagger } = await load('@fastify/swagger', () => import('@fastify/swagger'))
    const { default: page } = await load('@fastify/swagger-ui', () => import('@fastify/swagger-ui'))
    const { servers, security, securitySchemes } = more
    const tags = [...resources.values()].map(({ name, model }) => ({
      name,
      ...(model.description !== null && { description: model.description }),
    }))
    const openapi = {
      openapi: '3.1.0',
      info: { title, version, ...(description !== undefined && { description }) },
      tags,
      ...(servers && { servers }),
      ...(security && { security }),
      ...(securitySchemes && { components: { securitySchemes } }),
    }
    await app.register(swagger, {
      openapi: openapi as NonNullable<FastifyDynamicSwaggerOptions['openapi']>,
      refResolver: { buildLocalReference: (schema, _uri, _fragment, index) => nameOf(schema['$id'], index) },
      transformObject: (found) =>
        'openapiObject' in found ? completed(found.openapiObject) : found.swaggerObject,
    })
    await app.register(page, { routePrefix: path })
  }
  let text: string | null = null
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger())
    return reply.type('application/json; charset=utf-8').send(text)
  })
}

const nameOf = (id: unknown, index: number): string => (typeof id === 'string' ? id : `def-${index}`)

interface Operation {
  parameters?: { style?: string; explode?: boolean; schema?: { style?: string; explode?: boolean } }[]
  requestBody?: { required?: boolean }
  'x-body-optional'?: boolean
}

/** Says what schemas of routes have no words for: how objects are written as parameters, and that a body may be left out. */
function completed<Document extends { paths?: object }>(document: Document): Document {
  for (const path of Object.values(document.paths ?? {}) as object[]) {
    for (const operation of Object.values(path) as Operation[]) {
      for (const parameter of operation.parameters ?? []) {
        const { style, explode, ...schema } = parameter.schema ?? {}
        if (style !== undefined) Object.assign(parameter, { style, explode, schema })
      }
      if (operation['x-body-optional'] && operation.requestBody) operation.requestBody.required = false
      delete operation['x-body-optional']
    }
  }
  return document
}
