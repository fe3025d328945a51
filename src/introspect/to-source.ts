import type { CodecCall } from '../schema/codec-call.js'
import { NamePool } from './names/name-pool.js'
import { call, type Code, list, object, print, text } from './print.js'
import type { PulledField, PulledGraph, PulledMany, PulledModel, PulledScalar } from './pulled-graph.js'
import { parametersOf } from './to-graph.js'

/**
 * The program that declares a graph, as TypeScript.
 *
 * @param origin what it was read from, for the first line
 */
export function toSource(graph: PulledGraph, origin: string): string {
  const names = new NamePool(reserved)
  const consts = graph.models.map(({ name }) => names.take(name, `${name}Model`))
  const models = graph.models.map((model, at) => print([`const ${consts[at]} = `, modelCode(model)]))
  const members = graph.models.map(({ name }, at) => [name, consts[at]] as const)
  const imports = ['defineGraph', 'k', ...(models.some((code) => code.includes('codecs.')) ? ['codecs'] : [])]
  const declared = [
    `// What \`kinship pull\` found in ${origin.replaceAll(/\s+/g, ' ')}. From here on it is yours.`,
    `import { ${imports.toSorted().join(', ')} } from 'kinship'`,
  ]
  return [
    declared.join('\n'),
    ...models,
    `${print(['export const graph = defineGraph(', object(members), ')'])}\n`,
  ].join('\n\n')
}

/** What a constant of a module cannot be called, or is called here already. */
const reserved = [
  ...'arguments await break case catch class const continue debugger default delete do else enum eval export'.split(
    ' ',
  ),
  ...'extends false finally for function if implements import in instanceof interface let new null package'.split(
    ' ',
  ),
  ...'private protected public return static super switch this throw true try typeof var void while with'.split(
    ' ',
  ),
  ...'yield undefined k codecs defineGraph graph Date'.split(' '),
]

function modelCode({ name, table, fields, unique }: PulledModel): Code {
  const keys = unique.map((key) => list(key.map(text)))
  const options = [
    ['table', table === name ? undefined : text(table)],
    ['unique', keys.length === 0 ? undefined : list(keys)],
  ] as const
  const shape = object(
    fields.map((field) => [field.name, fieldCode(field)] as const),
    fields.length > 2,
  )
  const plain = options.every(([, value]) => value === undefined)
  return plain ? ['k.model(', shape, ')'] : call('k.model', [shape, object(options)])
}

function fieldCode(field: PulledField): Code {
  switch (field.type) {
    case 'id':
      return chain([`.id.${field.idKind}()`], columnCall(field))
    case 'scalar':
      return scalarCode(field)
    case 'one':
      return chain(
        [
          `.one(${text(field.target)}, `,
          object([
            ['inverse', text(field.inverse)],
            ['onDelete', field.onDelete === null ? undefined : text(field.onDelete)],
          ]),
          ')',
        ],
        modifier('optional', field.optional),
        modifier('unique', field.unique),
        columnCall(field),
      )
    default:
      return manyCode(field)
  }
}

function manyCode({ target, inverse, onDelete, columns, pairs }: PulledMany): Code {
  const payload = 'through' in pairs ? [] : pairs.payload
  const options = object([
    ['inverse', text(inverse)],
    ['onDelete', onDelete === null ? undefined : text(onDelete)],
    'through' in pairs ? ['through', text(pairs.through)] : ['table', text(pairs.table)],
    [
      'columns',
      object([
        ['holder', text(columns.holder)],
        ['target', text(columns.target)],
      ]),
    ],
    [
      'payload',
      payload.length === 0
        ? undefined
        : object(payload.map((field) => [field.name, scalarCode(field)] as const)),
    ],
  ])
  return [`k.many(${text(target)}, `, options, ')']
}

function scalarCode(field: PulledScalar): Code {
  const { kind, optional, unique, hidden, initial } = field
  return chain(
    [`.${kind}(`, ...separated(parametersOf(field).map(valueCode)), ')'],
    modifier('optional', optional),
    modifier('unique', unique),
    modifier('hidden', hidden),
    initial === null
      ? null
      : ['.default(', initial === 'now' ? '() => new Date()' : valueCode(initial.value), ')'],
    columnCall(field),
  )
}

/** Calls on `k`; those that are null are left out. */
const chain = (...calls: readonly (Code | null)[]): Code => ({
  head: 'k',
  calls: calls.filter((each) => each !== null),
})

const separated = (items: readonly Code[]): Code[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [', ', item]))

function valueCode(value: unknown): Code {
  if (typeof value === 'string') return text(value)
  return Array.isArray(value) ? list(value.map(valueCode)) : String(value)
}

const modifier = (name: string, on: boolean): Code | null => (on ? `.${name}()` : null)

function columnCall({
  name,
  column,
  codec = null,
}: {
  readonly name: string
  readonly column: string
  readonly codec?: CodecCall | null
}): Code | null {
  if (codec !== null) return `.column(${text(column)}, ${codecCode(codec)})`
  return column === name ? null : `.column(${text(column)})`
}

function codecCode(codec: CodecCall): string {
  if (!('parameters' in codec)) return `codecs.${codec.name}`
  return `codecs.${codec.name}(${codec.parameters.map((value) => print(valueCode(value))).join(', ')})`
}
