import type { Filter } from '../store/filter.js'
import { parseTest, parseTests, type Testing } from './parse-tests.js'
import { hasOperators } from './shape-key.js'

/** JSON fields know deep equality and null only (R6); an object without operators is a value to equal. */
export function parseJson(value: unknown, testing: Testing, path: string, negated: boolean): Filter {
  if (hasOperators(value)) return parseOperators(value as object, testing, path, negated)
  return parseTest('$eq', value, testing, path, negated)
}

function parseOperators(tests: object, testing: Testing, path: string, negated: boolean): Filter {
  const entries = Object.entries(tests).filter(([, value]) => value !== undefined)
  const [only] = entries
  // `$not` may hold a value to equal, which is for `parseJson` to tell from operators.
  if (entries.length === 1 && only?.[0] === '$not')
    return parseJson(only[1], testing, `${path}.$not`, !negated)
  return parseTests(tests, testing, path, negated)
}
