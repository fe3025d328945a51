import { Flaw } from '../../schema/values/flaw.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import { memberAt } from './input/place.js'
import type { Changes } from './input/read-changes.js'
import { sameValue } from './same-value.js'
import { sumOf } from '../../schema/values/sums.js'

type Members = Readonly<Record<string, unknown>>

/** The values given that differ from what the record holds. */
export function changedValues({ values }: Changes, before: Members): Members {
  return pick(values, (name, value) => !sameValue(value, before[name]))
}

/**
 * The sums that differ from what the record holds. Notes those that do not fit their fields like any other
 * value (R4).
 */
export function changedIncrements({ shape, increments, draft }: Changes, before: Members): Members {
  return pick(increments, (name, amount) => {
    const field = shape.model.fields.get(name)
    const old = before[name]
    if (!field || old === null || old === undefined) return false
    const sum = normaliserOf(field)(sumOf(field, old, amount))
    if (!(sum instanceof Flaw)) return !sameValue(sum, old)
    draft.refuse(memberAt(name, '$inc'), sum.code, `Expected the sum to be ${sum.expected}.`)
    return false
  })
}

function pick(members: Members, test: (name: string, value: unknown) => boolean): Members {
  return Object.fromEntries(Object.entries(members).filter(([name, value]) => test(name, value)))
}
