/** Calls and graphs as one would type them, for the report of a failure. */
import type { FieldDescription, GraphDescription, ModelDescription } from '../oracle/index.js'
import type { Call } from './call.js'
import type { LayoutOf } from './variant.js'

/** A value as code, in one line. */
export function printValue(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Date) return `new Date('${value.toISOString()}')`
  if (value instanceof Uint8Array) return `new Uint8Array([${[...value].join(', ')}])`
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).map(([name, member]) => `${printKey(name)}: ${printValue(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const printKey = (name: string): string => (/^[\w$]+$/.test(name) ? name : printValue(name))

export function printCall({ model, method, args, at, scopes }: Call, whole = 'db'): string {
  const db = scopes ? `${whole}.scoped(${printValue(scopes)})` : whole
  const given = args.map(printValue).join(', ')
  switch (method) {
    case 'walk':
      return `// page by page, forth and back\nawait ${db}.${model}.findPage(${given})`
    case 'stream':
      return `for await (const record of ${db}.${model}.stream(${given})) console.log(record)`
    case 'planned':
      return `await ${db}.${model}.delete(${given}, { plan: await ${db}.${model}.planDelete(${given}) })`
    case 'purge':
      return `await ${db}.purge(${given})`
    case 'transaction':
      return printTransaction(args[0] as readonly Call[], args[1] as 'commit' | 'abandon')
  }
  const handle = at ? `.at(${printValue(at.id)}).${at.end}` : ''
  return `await ${db}.${model}${handle}.${method}(${given})`
}

function printTransaction(calls: readonly Call[], outcome: 'commit' | 'abandon'): string {
  const lines = calls.map((call) => `  ${printCall(call, 'tx')} // caught`)
  if (outcome === 'abandon') lines.push("  throw new Error('abandoned')")
  return ['await db.transaction(async (tx) => {', ...lines, '})'].join('\n')
}

/** A graph as code, in the layouts of a variant. */
export function printGraph({ models }: GraphDescription, layoutOf: LayoutOf): string {
  const printed = Object.entries(models).map(
    ([name, model]) => `  ${name}: ${printModel(name, model, layoutOf)},`,
  )
  return ['const graph = defineGraph({', ...printed, '})'].join('\n')
}

function printModel(name: string, model: ModelDescription, layoutOf: LayoutOf): string {
  const { id = 'objectId', fields, ...options } = model
  const lines = Object.entries(fields).map(([field, described]) => {
    const isEnd = described.kind === 'many' || described.kind === 'one'
    const layout = isEnd ? layoutOf(`${name}.${field}`, described, model) : undefined
    return `    ${field}: ${printField(described, layout)},`
  })
  const set = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== false && value !== undefined),
  )
  const second = Object.keys(set).length === 0 ? '' : `, ${printValue(set)}`
  return [`k.model({`, `    id: k.id.${id}(),`, ...lines, `  }${second})`].join('\n')
}

function printField(field: FieldDescription, layout?: string): string {
  const {
    kind,
    optional,
    unique,
    hidden,
    immutable,
    default: initial,
    ...rest
  } = field as FieldDescription & {
    readonly optional?: boolean
    readonly unique?: boolean
    readonly immutable?: boolean
    readonly default?: unknown
  }
  const chained = [
    optional === true ? '.optional()' : '',
    unique === true ? '.unique()' : '',
    hidden === true ? '.hidden()' : '',
    immutable === true ? '.immutable()' : '',
    initial === undefined ? '' : `.default(${printValue(initial)})`,
  ]
  return `k.${kind}(${printArguments(field, rest, layout)})${chained.join('')}`
}

function printArguments(field: FieldDescription, rest: object, layout?: string): string {
  switch (field.kind) {
    case 'one':
    case 'many': {
      const { target, payload, ...options } = rest as { readonly target: string; readonly payload?: Shape }
      const all = Object.entries({ ...options, layout }).filter(
        ([, value]: [string, unknown]) => value !== undefined && value !== false,
      )
      const parts = all.map(([name, value]) => `${name}: ${printValue(value)}`)
      if (payload) parts.push(`payload: ${printShape(payload)}`)
      return parts.length === 0 ? printValue(target) : `${printValue(target)}, { ${parts.join(', ')} }`
    }
    case 'object':
      return printShape(field.fields)
    case 'array':
      return printField(field.item)
    case 'decimal':
      return `${field.precision}, ${field.scale}`
    case 'enum':
      return printValue(field.values)
    default:
      return ''
  }
}

type Shape = Readonly<Record<string, FieldDescription>>

const printShape = (shape: Shape): string =>
  `{ ${Object.entries(shape)
    .map(([name, field]) => `${name}: ${printField(field)}`)
    .join(', ')} }`
