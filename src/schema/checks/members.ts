import type { GraphFault } from '../../errors/index.js'
import { compileField } from '../compile-fields.js'
import type { Declaration, ScalarDeclaration } from '../declaration.js'
import { Flaw } from '../values/flaw.js'
import { isPlainObject } from '../values/is-plain-object.js'
import { normaliserOf } from '../values/normaliser-of.js'
import type { Member } from '../walk-shape.js'
import { type Check, fault, type FaultCode } from './fault.js'

/** What is wrong with one member: code, message, fix. */
type Finding = readonly [FaultCode, string, string]

export const checkMembers: Check = function* ({ models }) {
  for (const [name, model] of models) {
    for (const member of model.places) yield* memberFaults(name, member)
  }
}

/** Faults of a member that can be seen without the rest of the graph. */
export function* memberFaults(model: string, member: Member): Generator<GraphFault> {
  const { declaration, path } = member
  const findings = declaration
    ? [
        ...idFindings(declaration, member),
        ...parameterFindings(declaration),
        ...defaultFindings(declaration),
        ...extensionFindings(declaration),
        ...modifierFindings(declaration, member),
      ]
    : [notAField]
  for (const [code, message, fix] of findings) yield fault(code, model, path, message, fix)
}

const notAField: Finding = [
  'not-a-field',
  'What stands here is no field.',
  'Declare it with `k`: `k.string()`, `k.one(…)`, `k.object({…})`.',
]

function* idFindings(declaration: Declaration, { path, embedded }: Member): Generator<Finding> {
  const isId = !embedded && path.length === 1 && path[0] === 'id'
  if (isId && declaration.kind !== 'id') {
    yield [
      'misplaced-id',
      '"id" is the name of the id, and this is no id kind.',
      'Use `k.id.uuid()` or another id kind, or choose another name.',
    ]
  }
  if (!isId && declaration.kind === 'id') {
    yield [
      'misplaced-id',
      'An id kind belongs to the property "id" alone.',
      'Name it "id" (`.column()` keeps its column), or use `k.one` for the id of another record.',
    ]
  }
}

function* parameterFindings(declaration: Declaration): Generator<Finding> {
  if (declaration.kind === 'enum') {
    const values: readonly unknown[] = declaration.values ?? []
    if (values.length === 0 || values.some((value) => typeof value !== 'string')) {
      yield ['bad-parameter', 'An enum needs one string or more.', "Write `k.enum(['draft', 'published'])`."]
    } else if (new Set(values).size < values.length) {
      yield ['bad-parameter', 'The enum names a value twice.', 'Remove the repetition.']
    }
  }
  if (declaration.kind === 'decimal' && !isDecimal(declaration)) {
    yield [
      'bad-parameter',
      `There is no decimal with precision ${declaration.precision} and scale ${declaration.scale}.`,
      'Precision is 1 to 18 digits, scale 0 to precision: `k.decimal(10, 2)`.',
    ]
  }
}

const isDecimal = ({ precision, scale }: ScalarDeclaration): boolean =>
  Number.isInteger(precision) &&
  precision >= 1 &&
  precision <= 18 &&
  Number.isInteger(scale) &&
  scale >= 0 &&
  scale <= precision

function* defaultFindings(declaration: Declaration): Generator<Finding> {
  const value = declaration.default
  if (value === undefined || typeof value === 'function') return
  if (value === null) {
    if (!declaration.optional) {
      yield ['bad-default', 'The default is null and the field is not optional.', 'Add `.optional()`.']
    }
    return
  }
  const expected = expectedDefault(declaration, value)
  if (expected !== null) {
    yield [
      'bad-default',
      `The default does not fit the field: expected ${expected}.`,
      'Give a value that the field can hold.',
    ]
  }
}

function expectedDefault(declaration: Declaration, value: unknown): string | null {
  if (declaration.kind === 'object') return isPlainObject(value) ? null : 'an object'
  if (declaration.kind === 'array') return Array.isArray(value) ? null : 'an array'
  if (declaration.kind === 'decimal' && !isDecimal(declaration)) return null
  const normalised = normaliserOf(compileField('', declaration, new Map()))(value)
  return normalised instanceof Flaw ? normalised.expected : null
}

function* extensionFindings({ checks, codec, column }: Declaration): Generator<Finding> {
  if (checks.some((schema: unknown) => !hasMethods(standardOf(schema), ['validate']))) {
    yield [
      'bad-check',
      '`.check()` takes a Standard Schema, and was given something else.',
      'Pass a schema of Zod, Valibot, ArkType or any other library that implements Standard Schema.',
    ]
  }
  if (codec !== null && !hasMethods(codec, ['decode', 'encode'])) {
    yield [
      'bad-codec',
      'The codec has no `decode` and `encode`.',
      'Use one of `codecs`, or an object with both functions.',
    ]
  }
  if (column !== null && (typeof column !== 'string' || column === '')) {
    yield ['invalid-name', 'The column name is no text, or is empty.', "Write `.column('ArtistId')`."]
  }
}

/** Schemas may be functions (ArkType's are). */
const standardOf = (schema: unknown): unknown =>
  (typeof schema === 'object' && schema !== null) || typeof schema === 'function'
    ? (schema as { readonly '~standard'?: unknown })['~standard']
    : null

const hasMethods = (value: unknown, names: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')

function* modifierFindings(
  declaration: Declaration,
  { embedded, inArray, element }: Member,
): Generator<Finding> {
  const { unique, index, immutable, optional, hidden, kind } = declaration
  if (inArray && (unique || index)) {
    yield [
      'misplaced-modifier',
      'Nothing inside an array can be unique or have an index.',
      'Remove `.unique()` and `.index()`, or make the elements a model of their own.',
    ]
  }
  if (embedded && !inArray && unique && kind === 'one') {
    yield [
      'misplaced-modifier',
      'A reference inside an embedded object cannot be one-one.',
      'Move it to the top level of the model, or remove `.unique()`.',
    ]
  }
  if (embedded && immutable) {
    yield [
      'misplaced-modifier',
      'An update replaces an embedded structure whole, so its members cannot be immutable one by one.',
      'Put `.immutable()` on the outermost object or array.',
    ]
  }
  if (element && (optional || hidden || declaration.default !== undefined || declaration.column !== null)) {
    yield [
      'misplaced-modifier',
      'An element of an array takes no `.optional()`, `.default()`, `.hidden()` or `.column()`.',
      'Put the modifier on the array.',
    ]
  }
  if ((unique || index) && kind === 'json') {
    yield [
      'key-kind',
      'A JSON field cannot be unique or have an index.',
      'Give what you look up a field of its own.',
    ]
  }
}
