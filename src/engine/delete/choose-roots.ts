import { type ErrorId, fail } from '../../errors/index.js'
import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { refuseValue } from '../../plan/refuse-value.js'
import { isScoped, visible } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import { Flaw } from '../../schema/values/flaw.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import { idOf } from '../links/id-of.js'
import { find } from '../read/find.js'
import { readerOf } from '../read/reader.js'
import { refuseArgument } from '../write/check-options.js'
import type { Unit } from '../write/unit.js'
import { chunks } from '../../ties/chunks.js'

/** Which records: those with these ids, those that match, or those of the ids that match. */
export interface Choice {
  readonly ids: readonly unknown[] | null
  readonly where: unknown
}

/** @throws KIN_INVALID_ID */
export function readId(model: Model, id: unknown, path: string): unknown {
  const normal = normaliserOf(idOf(model))(id)
  return normal instanceof Flaw ? refuseValue(normal, id, path, model.name) : normal
}

/** @throws KIN_INVALID_ARGUMENT, KIN_INVALID_ID */
export function readChoice(model: Model, { ids, where }: { ids?: unknown; where?: unknown }): Choice {
  if (ids === undefined) return { ids: null, where }
  if (!Array.isArray(ids)) return refuseArgument('ids', 'a list of ids', ids)
  return { ids: [...new Set(ids.map((id, at) => readId(model, id, `ids[${at}]`)))], where }
}

/** The ids of the records that are chosen; whether those that are named exist is seen when they are locked. @throws KIN_NOT_FOUND */
export async function chooseRoots(
  unit: Unit,
  model: Model,
  { ids, where }: Choice,
): Promise<readonly unknown[]> {
  const matching = ids === null || where !== undefined ? await idsThatMatch(unit, model, where ?? {}) : null
  if (ids === null) return matching!
  if (matching === null) {
    await requireInSight(unit, model, ids)
    return ids
  }
  const wanted = new Set(matching)
  // What does not match is not deleted, but it is named, so it has to be there (R37).
  const unwanted = ids.filter((id) => !wanted.has(id))
  await requireSeen(unit, model, unwanted, 'exclude')
  return ids.filter((id) => wanted.has(id))
}

async function idsThatMatch(unit: Unit, model: Model, where: unknown): Promise<readonly unknown[]> {
  const rows = await find(readerOf(unit.reading, model), { where, select: ['id'] })
  return rows.map((row) => row['id'])
}

/** Records outside of the caller's scope are not there for it. @throws KIN_NOT_FOUND */
export async function requireInSight(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  const { visibility } = unit.context
  // Whether they are stored and live, the closure asks anyway.
  if (isScoped(visibility, model)) await requireSeen(unit, model, ids, 'include')
}

async function requireSeen(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  deleted: 'exclude' | 'include',
): Promise<void> {
  const { visibility } = unit.context
  const missing = new Set(ids)
  for (const chunk of chunks(ids)) {
    const { rows } = await unit.read(
      `delete:visible:${model.name}:${deleted}:${visibility.key}`,
      () => {
        const id = idOf(model)
        const scope = visible(visibility, model, deleted)
        return plainRead(plainNode(model, [id], within(id, slot(visibility.values.length)), { scope }))
      },
      [...visibility.values, chunk],
    )
    for (const row of rows) missing.delete(row['id'])
  }
  if (missing.size > 0) refuseMissing(model, [...missing])
}

export function refuseMissing(model: Model, ids: readonly unknown[]): never {
  const shown = ids.slice(0, 1_000) as ErrorId[]
  const words = ids.length === 1 ? `id ${JSON.stringify(ids[0])}` : `${ids.length} of the ids`
  return fail('KIN_NOT_FOUND', {
    message: `There is no ${model.name} with ${words}, or it is hidden.`,
    details: { model: model.name, ids: shown },
  })
}
