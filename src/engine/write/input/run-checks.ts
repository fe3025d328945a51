import type { Field } from '../../../schema/graph.js'
import type { StandardIssue, StandardResult } from '../../../schema/standard-schema.js'
import type { Draft } from './draft.js'
import { elementAt, memberAt } from './place.js'

/** Runs a field's standard schemas on its normalised value. They say whether it fits, and change nothing. */
export function runChecks(field: Field, value: unknown, draft: Draft, place: string): void {
  for (const check of field.checks) {
    const result = check['~standard'].validate(value)
    if (result instanceof Promise) draft.pending.push(result.then((late) => note(late, draft, place)))
    else note(result, draft, place)
  }
}

function note({ issues = [] }: StandardResult<unknown>, draft: Draft, place: string): void {
  for (const issue of issues) draft.refuse(pathOf(issue, place), 'check', issue.message)
}

function pathOf({ path = [] }: StandardIssue, place: string): string {
  return path.reduce<string>((around, part) => {
    const key = typeof part === 'object' ? part.key : part
    return typeof key === 'number' ? elementAt(around, key) : memberAt(around, String(key))
  }, place)
}
