import type { FastifyInstance } from 'fastify'
import { objectOf } from './schemas/json-schema.js'
import { problemResponses } from './schemas/responses.js'
import type { Api } from './routes/api.js'
import { repositoryOf } from './served-db.js'

/** Whether the database answers: a read of at most one record, whoever asks. */
export function addHealth(app: FastifyInstance, url: string, { db, limits }: Api): void {
  const [model] = db.graph.models.keys()
  app.get(
    url,
    {
      schema: {
        operationId: 'health',
        summary: 'Does the database answer?',
        tags: ['health'],
        response: {
          200: objectOf({ status: { type: 'string', enum: ['ok'] } }, ['status']),
          ...problemResponses([], false),
        },
      },
    },
    async () => {
      if (model !== undefined)
        await repositoryOf(db, model).exists({ signal: AbortSignal.timeout(limits.time) })
      return { status: 'ok' }
    },
  )
}
