import type { FastifyInstance } from 'fastify'
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
  { title = 'API', version = '1.0.0', description, path = '/docs' }: DocsOptions,
  resources: Resources,
): Promise<void> {
  if (!app.hasDecorator('swagger')) {
    const { default: swagger } = await load('@fastify/swagger', () => import('@fastify/swagger'))
    const tags = [...resources.values()].map(({ name, model }) => ({
      name,
      ...(model.description !== null && { description: model.description }),
    }))
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title, version, ...(description !== undefined && { description }) },
        tags,
      },
      refResolver: { buildLocalReference: (schema, _uri, _fragment, index) => nameOf(schema['$id'], index) },
    })
    const { default: page } = await load('@fastify/swagger-ui', () => import('@fastify/swagger-ui'))
    await app.register(page, { routePrefix: path })
  }
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
}

const nameOf = (id: unknown, index: number): string => (typeof id === 'string' ? id : `def-${index}`)
