import type { Serializers } from '../answers/serializers.js'
import { hardIn, readChosen } from '../bodies/read-deletes.js'
import { flag, type Parameter, refuseUnknown, single } from '../parameters/parameter.js'
import type { Resource } from '../resource.js'
import { listOf, objectOf, reference } from '../schemas/json-schema.js'
import { deleteParameters, hardParameter, idParams, ifMatchHeader } from '../schemas/parameter-schemas.js'
import { idSchema } from '../schemas/value-schema.js'
import type { ServedRepository } from '../served-db.js'
import type { Call } from './call.js'
import { underCondition } from './guarded.js'
import type { Route } from './route.js'

/** Deleting, what a delete would do, and restoring. */
export function deleteRoutes(resource: Resource, title: string, serializers: Serializers): Route[] {
  const { name, path, model } = resource
  const one = `/${path}/:id`
  const params = idParams(resource)
  const id = idSchema(model.id?.idKind ?? null)
  const restore: Route = {
    method: 'POST',
    url: `${one}/restore`,
    operationId: `restore${title}`,
    summary: `Undo the soft delete of one "${name}"`,
    description: 'Everything that went with it comes back as far as it can.',
    resource,
    kind: 'restore',
    params,
    answers: { 200: reference('restoreReport') },
    serialize: serializers.of('restoreReport'),
    problems: [403, 404, 409, 413, 415],
    handle: async (call) => {
      const report = await call.records(resource).restore(call.id('id', resource), { signal: call.signal })
      return call.api.discretion.restored(report)
    },
  }
  return [
    {
      method: 'DELETE',
      url: one,
      operationId: `delete${title}`,
      summary: `Delete one "${name}"`,
      description:
        'What is tied to it is deleted, unset or left, as the model says. Restricted by others, it is refused.',
      resource,
      kind: 'delete',
      params,
      querystring: deleteParameters,
      headers: ifMatchHeader,
      body: objectOf({ hardDelete: { type: 'boolean' } }, [], { additionalProperties: false }),
      bodyOptional: true,
      answers: { 200: reference('deleteReport') },
      serialize: serializers.of('deleteReport'),
      problems: [403, 404, 409, 412, 413, 415, 422, 428],
      handle: (call) => deleteOne(call, resource),
    },
    {
      method: 'DELETE',
      url: `/${path}`,
      operationId: `delete${title}s`,
      summary: `Delete several of "${name}"`,
      description: 'Ids, each by itself or as `{ id, hardDelete }`. All are deleted or none.',
      resource,
      kind: 'delete',
      querystring: hardParameter,
      body: listOf({
        anyOf: [
          id,
          objectOf({ id, hardDelete: { type: 'boolean' } }, ['id'], { additionalProperties: false }),
        ],
      }),
      answers: { 200: reference('deleteReport') },
      serialize: serializers.of('deleteReport'),
      problems: [403, 404, 409, 413, 415, 422],
      handle: (call) => deleteSeveral(call, resource),
    },
    {
      method: 'GET',
      url: `${one}/delete-plan`,
      operationId: `plan${title}Delete`,
      summary: `What a delete of one "${name}" would do`,
      description:
        'Nothing is written. Its `hash`, sent as `plan` with the delete, makes sure that nothing else happens.',
      resource,
      kind: 'delete',
      params,
      querystring: hardParameter,
      answers: { 200: reference('deletePlan') },
      serialize: serializers.of('deletePlan'),
      problems: [404, 409],
      handle: async (call) => {
        const { hard = false } = readFlags(call, ['hard'])
        const root = call.id('id', resource)
        const plan = await call.records(resource).planDelete(root, { hard, signal: call.signal })
        return call.api.discretion.plan(plan)
      },
    },
    ...(model.softDelete ? [restore] : []),
  ]
}

interface Flags {
  hard?: boolean
  plan?: string
}

function readFlags(call: Call, words: readonly ('hard' | 'plan')[]): Flags {
  const flags: Flags = {}
  for (const [name, parameter] of call.parameters().members) readFlag(flags, name, parameter, words)
  return flags
}

function readFlag(flags: Flags, word: string, parameter: Parameter, words: readonly string[]): void {
  if (!words.includes(word)) {
    refuseUnknown(parameter.name, {
      code: 'KIN_UNKNOWN_OPTION',
      word,
      kind: 'parameter',
      where: 'this request',
      candidates: words,
    })
  }
  if (word === 'hard') flags.hard = flag(parameter)
  else flags.plan = single(parameter)
}

async function deleteOne(call: Call, resource: Resource): Promise<unknown> {
  const { signal, request, api } = call
  const { hard, plan } = readFlags(call, ['hard', 'plan'])
  const id = call.id('id', resource)
  const isHard = hard ?? hardIn(request.body, resource)
  const report = await underCondition(call, resource, id, (records) =>
    records.delete(id, {
      signal,
      ...(isHard !== undefined && { hard: isHard }),
      ...(plan !== undefined && { plan: { hash: plan, hard: isHard ?? false } }),
    }),
  )
  return api.discretion.report(report)
}

async function deleteSeveral(call: Call, resource: Resource): Promise<unknown> {
  const { hard = false } = readFlags(call, ['hard'])
  const chosen = readChosen(call.request.body, resource, hard, call.limits)
  const { api, signal, db } = call
  const hardly = chosen.filter((one) => one.hard).map((one) => one.id)
  const softly = chosen.filter((one) => !one.hard).map((one) => one.id)
  const remove = (records: ServedRepository, ids: readonly unknown[], isHard: boolean) =>
    records.deleteMany({ ids, hard: isHard, signal })
  if (hardly.length === 0 || softly.length === 0) {
    const isHard = softly.length === 0 && hardly.length > 0
    return api.discretion.report(await remove(call.records(resource), isHard ? hardly : softly, isHard))
  }
  return db.transaction(
    async (tx) => {
      const records = call.records(resource, tx)
      const first = await records.deleteMany({ ids: softly, hard: false })
      const second = await records.deleteMany({ ids: hardly, hard: true })
      return api.discretion.together(first, second)
    },
    { signal },
  )
}
