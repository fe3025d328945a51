import type { DeletePlan, DeleteReport, IdsByModel, MetHolders, RestoreReport } from '../../types/reports.js'
import { knownAssociations } from '../problems/to-problem.js'
import type { Resources } from '../resource.js'

type Counts = Readonly<Record<string, number>>

/** What stands for models that a caller may not know of. */
const OTHERS = '(others)'

/** Reports as a caller may see them: models and associations that are left out have no names and no ids. */
export class Discretion {
  readonly #models: ReadonlySet<string>
  readonly #associations: ReadonlySet<string>

  constructor(resources: Resources) {
    this.#models = new Set([...resources.values()].map((resource) => resource.name))
    this.#associations = knownAssociations(resources)
  }

  report(report: DeleteReport): object {
    const { deleted, softDeleted, ids } = report
    return {
      ...report,
      deleted: this.#counts(deleted),
      softDeleted: this.#counts(softDeleted),
      ids: this.#both(ids),
    }
  }

  /** Two deletes of one request as one. */
  together(first: DeleteReport, second: DeleteReport): object {
    const { deletion, unlinked, dangling } = first
    return this.report({
      ...second,
      deletion,
      deleted: sums(first.deleted, second.deleted),
      softDeleted: sums(first.softDeleted, second.softDeleted),
      unlinked: unlinked + second.unlinked,
      dangling: dangling + second.dangling,
      ids: {
        deleted: lists(first.ids.deleted, second.ids.deleted),
        softDeleted: lists(first.ids.softDeleted, second.ids.softDeleted),
      },
    })
  }

  plan(plan: DeletePlan): object {
    const { deleted, softDeleted, ids, unset, removed, dangling, blockers } = plan
    return {
      ...plan,
      deleted: this.#counts(deleted),
      softDeleted: this.#counts(softDeleted),
      ids: this.#both(ids),
      unset: unset.map((met) => this.#met(met)),
      removed: removed.map((met) => this.#met(met)),
      dangling: dangling.map((met) => this.#met(met)),
      blockers: blockers.map((met) => this.#met(met)),
    }
  }

  restored(report: RestoreReport): object {
    const { restored, skipped, ids } = report
    return {
      ...report,
      restored: this.#counts(restored),
      skipped: this.#counts(skipped),
      ids: { restored: this.#ids(ids.restored), skipped: this.#ids(ids.skipped) },
    }
  }

  #counts(counts: Counts): Counts {
    const shown: Record<string, number> = {}
    for (const [model, count] of Object.entries(counts)) {
      const name = this.#models.has(model) ? model : OTHERS
      shown[name] = (shown[name] ?? 0) + count
    }
    return shown
  }

  #both(ids: { readonly deleted: IdsByModel; readonly softDeleted: IdsByModel }): object {
    return { deleted: this.#ids(ids.deleted), softDeleted: this.#ids(ids.softDeleted) }
  }

  #ids(ids: IdsByModel): IdsByModel {
    return Object.fromEntries(Object.entries(ids).filter(([model]) => this.#models.has(model)))
  }

  #met({ association, model, count, ids }: MetHolders): object {
    const known = this.#associations.has(association) && this.#models.has(model)
    return known ? { association, model, count, ids } : { association: null, model: null, count, ids: [] }
  }
}

function sums(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a }
  for (const [model, count] of Object.entries(b)) sum[model] = (sum[model] ?? 0) + count
  return sum
}

function lists(a: IdsByModel, b: IdsByModel): IdsByModel {
  const both: Record<string, readonly (string | number)[]> = { ...a }
  for (const [model, ids] of Object.entries(b)) both[model] = [...(both[model] ?? []), ...ids]
  return both
}
