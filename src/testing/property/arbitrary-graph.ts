/** Random graphs, as descriptions: legal ones only, small enough that records meet often. */
import fc from 'fast-check'
import type {
  FieldDescription,
  GraphDescription,
  IdKind,
  ManyDescription,
  ModelDescription,
  OneDescription,
  Tie,
} from '../oracle/index.js'

const NAMES = ['ant', 'bee', 'cat', 'dog'] as const

interface ModelChoice {
  readonly id: IdKind
  readonly softDelete: boolean
  readonly timestamps: boolean
  readonly version: boolean
  readonly extras: readonly string[]
  /** has a unique key of two fields, where it has both */
  readonly paired: boolean
}

type Shape =
  | 'one'
  | 'one-one'
  | 'many'
  | 'many-one-sided'
  | 'symmetric'
  | 'elements'
  | 'members'
  | 'references'

interface AssociationChoice {
  readonly shape: Shape
  readonly from: number
  readonly to: number
  readonly inverse: boolean
  readonly optional: boolean
  readonly ordered: boolean
  readonly payload: boolean
  readonly tie: number
  readonly holderTie: number
}

const EXTRAS: Readonly<Record<string, FieldDescription>> = {
  slug: { kind: 'string', optional: true, unique: true },
  rank: { kind: 'integer', optional: true },
  price: { kind: 'decimal', precision: 10, scale: 2, optional: true },
  big: { kind: 'bigint', optional: true },
  flag: { kind: 'boolean', default: false },
  on: { kind: 'date', optional: true },
  mood: { kind: 'enum', values: ['low', 'mid', 'top'], default: 'mid' },
  meta: { kind: 'json', optional: true },
  bytes: { kind: 'binary', optional: true },
  secret: { kind: 'string', optional: true, hidden: true },
  fixed: { kind: 'string', default: 'as it was', immutable: true },
  tags: { kind: 'array', item: { kind: 'string' } },
  sizes: { kind: 'array', item: { kind: 'number' }, optional: true },
  spot: {
    kind: 'object',
    fields: {
      x: { kind: 'integer' },
      note: { kind: 'string', optional: true },
      at: { kind: 'date', optional: true },
    },
    optional: true,
  },
  ratio: { kind: 'number', optional: true },
  text: { kind: 'text', optional: true },
  deep: {
    kind: 'object',
    optional: true,
    fields: {
      x: { kind: 'number' },
      inner: {
        kind: 'object',
        optional: true,
        fields: {
          price: { kind: 'decimal', precision: 8, scale: 3 },
          note: { kind: 'string', optional: true },
        },
      },
      list: {
        kind: 'array',
        item: {
          kind: 'object',
          fields: { n: { kind: 'integer' }, ratio: { kind: 'number', optional: true } },
        },
      },
    },
  },
}

const PAYLOADS: readonly NonNullable<ManyDescription['payload']>[] = [
  { since: { kind: 'integer', default: 7 }, role: { kind: 'string', optional: true } },
  { since: { kind: 'date' }, price: { kind: 'decimal', precision: 10, scale: 2, optional: true } },
  { ratio: { kind: 'number', default: 0.1 }, meta: { kind: 'json', optional: true } },
  {
    big: { kind: 'bigint', optional: true },
    bytes: { kind: 'binary', optional: true },
    flag: { kind: 'boolean', default: true },
    spot: {
      kind: 'object',
      optional: true,
      fields: { x: { kind: 'integer' }, at: { kind: 'date', optional: true } },
    },
  },
]

const modelChoice: fc.Arbitrary<ModelChoice> = fc.record({
  id: fc.constantFrom<IdKind>('string', 'integer', 'objectId', 'uuid'),
  softDelete: fc.boolean(),
  timestamps: fc.boolean(),
  version: fc.boolean(),
  extras: fc.uniqueArray(fc.constantFrom(...Object.keys(EXTRAS)), { maxLength: 4 }),
  paired: fc.boolean(),
})

const SHAPES: readonly Shape[] = [
  'one',
  'one',
  'one-one',
  'many',
  'many',
  'many-one-sided',
  'symmetric',
  'elements',
  'members',
  'references',
]

const associationChoice: fc.Arbitrary<AssociationChoice> = fc.record({
  shape: fc.constantFrom(...SHAPES),
  from: fc.nat(NAMES.length - 1),
  to: fc.nat(NAMES.length - 1),
  inverse: fc.boolean(),
  optional: fc.boolean(),
  ordered: fc.boolean(),
  payload: fc.boolean(),
  tie: fc.nat(4),
  holderTie: fc.nat(5),
})

export const arbitraryGraph: fc.Arbitrary<GraphDescription> = fc
  .record({
    models: fc.array(modelChoice, { minLength: 1, maxLength: NAMES.length }),
    associations: fc.array(associationChoice, { minLength: 1, maxLength: 5 }),
  })
  .map(({ models, associations }) => describe(models, associations))

type MutableModel = Omit<ModelDescription, 'fields'> & { fields: Record<string, FieldDescription> }

function describe(
  models: readonly ModelChoice[],
  associations: readonly AssociationChoice[],
): GraphDescription {
  const described: MutableModel[] = models.map(({ extras, paired, ...options }) => ({
    ...options,
    ...(paired && extras.includes('rank') && { unique: [['title', 'rank']] }),
    fields: {
      title: { kind: 'string' },
      ...Object.fromEntries(extras.map((name) => [name, EXTRAS[name]!])),
    },
  }))
  associations.forEach((choice, index) => {
    const from = choice.from % models.length
    const to = choice.shape === 'symmetric' ? from : choice.to % models.length
    const holder = described[from]!
    const place = { name: `e${index}`, inverse: `i${index}`, backwards: to < from, target: NAMES[to]! }
    holder.fields[place.name] = association(choice, place, holder, described[to]!)
  })
  return { models: Object.fromEntries(described.map((model, index) => [NAMES[index]!, model])) }
}

interface Place {
  readonly inverse: string
  readonly target: string
  /** required references lead backwards only, so that every record can be created */
  readonly backwards: boolean
}

function association(
  choice: AssociationChoice,
  { inverse, target, backwards }: Place,
  holder: MutableModel,
  targetModel: MutableModel,
): FieldDescription {
  const onDelete = (['weak', 'dirty', 'restrict'] as const)[choice.tie % 3]!
  const payload = choice.payload && { payload: PAYLOADS[choice.holderTie % PAYLOADS.length]! }
  switch (choice.shape) {
    case 'one':
    case 'one-one': {
      const optional = choice.optional || !backwards
      const unique = choice.shape === 'one-one'
      const holderTies = [
        undefined,
        undefined,
        'strong',
        ...(targetModel.softDelete ? ['soft'] : []),
      ] as const
      const onHolderDelete = unique ? holderTies[choice.holderTie % holderTies.length] : undefined
      return {
        kind: 'one',
        target,
        optional,
        unique,
        onDelete: tieOf(choice, holder, optional),
        ...(choice.inverse && { inverse }),
        ...(onHolderDelete && { onHolderDelete: onHolderDelete as 'strong' | 'soft' }),
      }
    }
    case 'many':
      return { kind: 'many', target, inverse, ordered: choice.ordered, ...payload, onDelete }
    case 'many-one-sided':
      return { kind: 'many', target, ordered: choice.ordered, onDelete }
    case 'symmetric':
      return { kind: 'many', target, symmetric: true, ...payload, onDelete }
    case 'elements':
      return {
        kind: 'array',
        item: {
          kind: 'object',
          fields: { n: { kind: 'integer' }, ref: reference(choice, target, holder, choice.optional) },
        },
      }
    case 'members':
      return {
        kind: 'object',
        optional: choice.ordered,
        fields: {
          n: { kind: 'integer' },
          // A weak tie must have something to take away.
          ref: reference(choice, target, holder, true),
        },
      }
    case 'references':
      return { kind: 'array', item: reference(choice, target, holder, false) }
  }
}

function reference(
  choice: AssociationChoice,
  target: string,
  holder: MutableModel,
  optional: boolean,
): OneDescription {
  return {
    kind: 'one',
    target,
    optional,
    onDelete: tieOf(choice, holder, optional || choice.shape !== 'members'),
  }
}

/** One of the ties that are legal for a reference. */
function tieOf({ tie }: AssociationChoice, holder: MutableModel, weak: boolean): Tie {
  const ties: Tie[] = ['strong', 'dirty', 'restrict']
  if (holder.softDelete) ties.push('soft')
  if (weak) ties.push('weak')
  return ties[tie % ties.length]!
}
