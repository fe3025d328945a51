import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Resources } from '../resource.js'
import { problemType } from './problem.js'
import { toProblem } from './to-problem.js'

/** Seconds after which it is worth trying again. */
const RETRY_AFTER = 1

/** Answers every error of a request with a problem document, and logs those that are the server's. */
export function errorHandler(resources: Resources) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = toProblem(error, resources)
    if (problem.status >= 500) request.log.error({ err: error }, problem.title)
    else request.log.info({ code: problem.code, detail: problem.detail }, problem.title)
    if (problem.status === 503) reply.header('retry-after', RETRY_AFTER)
    return reply
      .code(problem.status)
      .type(problemType)
      .send(JSON.stringify({ ...problem, requestId: request.id }))
  }
}
