import type { FastifyInstance, HTTPMethods } from 'fastify'
import type { Serialize } from '../answers/serializers.js'
import { ofParameters, refuseUnknown } from '../parameters/parameter.js'
import type { Action } from '../options.js'
import type { EndResource, Resource } from '../resource.js'
import type { JsonSchema } from '../schemas/json-schema.js'
import { type AnswerHeader, answerResponses, problemResponses } from '../schemas/responses.js'
import type { Api } from './api.js'
import { Call } from './call.js'

/** A route, before it is Fastify's. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  /** for the document: unique, and what a generated client calls it */
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly resource: Resource
  readonly end?: EndResource
  readonly kind: Action['kind']
  readonly params?: JsonSchema
  readonly querystring?: JsonSchema
  readonly headers?: JsonSchema
  readonly body?: JsonSchema
  /** by status */
  readonly answers: Readonly<Record<number, JsonSchema | null>>
  readonly answerHeaders?: readonly AnswerHeader[]
  /** the body may be left out */
  readonly bodyOptional?: true
  /** statuses of problems, besides those that every route may have */
  readonly problems: readonly number[]
  readonly serialize: Serialize
  handle(call: Call): Promise<unknown>
}

/** Adds a route to Fastify. */
export function addRoute(app: FastifyInstance, api: Api, route: Route): void {
  const { method, url, operationId, summary, description, resource, end, kind } = route
  const { params, querystring, headers, body, answers, problems } = route
  app.route({
    method,
    url,
    schema: {
      operationId,
      summary,
      tags: [resource.name],
      ...(description !== undefined && { description }),
      ...(params && { params }),
      ...(querystring && { querystring }),
      ...(headers && { headers }),
      ...(body && { body, ...(route.bodyOptional && { 'x-body-optional': true }) }),
      response: {
        ...answerResponses(answers, route.answerHeaders ?? []),
        ...problemResponses(problems, api.authorize !== null),
      },
    },
    // Problems are sent as text; what is left is of one kind for each route.
    serializerCompiler: () => route.serialize,
    handler: async (request, reply) => {
      const call = new Call(api, request, reply)
      const { id, ownerId } = request.params as { id?: string; ownerId?: string }
      await call.admit({
        kind,
        model: resource.name,
        id: id ?? ownerId ?? null,
        association: end?.name ?? null,
      })
      if (!querystring) refuseParameters(call)
      return route.handle(call)
    },
  })
}

/** Of routes that take none. */
function refuseParameters(call: Call): void {
  const [first] = call.parameters().members
  if (!first) return
  const [word, { name }] = first
  refuseUnknown(name, {
    code: 'KIN_UNKNOWN_OPTION',
    word,
    kind: 'parameter',
    where: 'this request',
    candidates: [],
  })
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HTTPMethods[]

/** Methods that a path does not have. */
export function otherMethods(known: readonly string[]): (typeof methods)[number][] {
  return methods.filter((method) => !known.includes(method))
}

/** Runs a read that was made of parameters; what the engine finds wrong with it is a parameter's fault. */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw ofParameters(error)
  }
}
