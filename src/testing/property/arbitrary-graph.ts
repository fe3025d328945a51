/** Random graphs, as descriptions: legal ones only, small enough that records meet often. */
import fc from 'fast-check'
import type { FieldDescription, GraphDescription, IdKind, ModelDescription, Tie } from '../oracle/index.js'

const NAMES = ['ant', 'bee', 'cat', 'dog'] as const

interface ModelChoice {
  readonly id: IdKind
  readonly softDelete: boolean
  readonly timestamps: boolean
  readonly version: boolean
  readonly extras: readonly string[]
}

interface AssociationChoice {
  readonly shape: 'one' | 'one-one' | 'many' | 'many-one-sided' | 'symmetric' | 'elements'
  readonly from: number
  readonly to: number
  readonly inverse: boolean
  readonly optional: boolean
  readonly ordered: boolean
  readonly payload: boolean
  readonly tie: number
  readonly holderTie: number
}

const modelChoice: fc.Arbitrary<ModelChoice> = fc.record({
  id: fc.constantFrom<IdKind>('string', 'integer', 'objectId', 'uuid'),
  softDelete: fc.boolean(),
  timestamps: fc.boolean(),
  version: fc.boolean(),
  extras: fc.uniqueArray(fc.constantFrom('slug', 'rank', 'price', 'big', 'flag', 'on', 'mood', 'meta', 'tags', 'spot', 'ratio'), {
    maxLength: 4,
  }),
})

const associationChoice: fc.Arbitrary<AssociationChoice> = fc.record({
  shape: fc.constantFrom('one', 'one', 'one-one', 'many', 'many', 'many-one-sided', 'symmetric', 'elements'),
  from: fc.nat(NAMES.length - 1),
  to: fc.nat(NAMES.length - 1),
  inverse: fc.boolean(),
  optional: fc.boolean(),
  ordered: fc.boolean(),
  payload: fc.boolean(),
  tie: fc.nat(4),
  holderTie: fc.nat(5),
})

const EXTRAS: Readonly<Record<string, FieldDescription>> = {
  slug: { kind: 'string', optional: true, unique: true },
  rank: { kind: 'integer', optional: true },
  price: { kind: 'decimal', precision: 10, scale: 2, optional: true },
  big: { kind: 'bigint', optional: true },
  flag: { kind: 'boolean', default: false },
  on: { kind: 'date', optional: true },
  mood: { kind: 'enum', values: ['low', 'mid', 'top'], default: 'mid' },
  meta: { kind: 'json', optional: true },
  tags: { kind: 'array', item: { kind: 'string' } },
  spot: { kind: 'object', fields: { x: { kind: 'integer' }, note: { kind: 'string', optional: true } }, optional: true },
  ratio: { kind: 'number', optional: true },
}

type MutableModel = Omit<ModelDescription, 'fields'> & { fields: Record<string, FieldDescription> }

export const arbitraryGraph: fc.Arbitrary<GraphDescription> = fc
  .record({
    models: fc.array(modelChoice, { minLength: 1, maxLength: NAMES.length }),
    associations: fc.array(associationChoice, { minLength: 1, maxLength: 5 }),
  })
  .map(({ models, associations }) => describe(models, associations))

function describe(models: readonly ModelChoice[], associations: readonly AssociationChoice[]): GraphDescription {
  const described: MutableModel[] = models.map(({ id, softDelete, timestamps, version, extras }) => ({
    id,
    softDelete,
    timestamps,
    version,
    fields: { title: { kind: 'string' }, ...Object.fromEntries(extras.map((name) => [name, EXTRAS[name]!])) },
  }))
  associations.forEach((choice, index) => addAssociation(described, choice, index))
  return { models: Object.fromEntries(described.map((model, index) => [NAMES[index]!, model])) }
}

function addAssociation(models: MutableModel[], choice: AssociationChoice, index: number): void {
  const from = choice.from % models.length
  const to = choice.shape === 'symmetric' ? from : choice.to % models.length
  const holder = models[from]!
  const target = NAMES[to]!
  const name = `e${index}`
  const inverse = choice.inverse ? { inverse: `i${index}` } : {}
  const payload = choice.payload
    ? { payload: { since: { kind: 'integer', default: 7 }, role: { kind: 'string', optional: true } } as const }
    : {}
  switch (choice.shape) {
    case 'one':
    case 'one-one': {
      // Required references lead backwards only, so that every record can be created.
      const optional = choice.optional || to >= from
      const ties: Tie[] = ['strong', 'dirty', 'restrict', ...(holder.softDelete ? ['soft' as const] : []), ...(optional ? ['weak' as const] : [])]
      const unique = choice.shape === 'one-one'
      const holderTies = [undefined, undefined, 'strong', ...(models[to]!.softDelete ? ['soft' as const] : [])] as const
      const onHolderDelete = unique ? holderTies[choice.holderTie % holderTies.length] : undefined
      holder.fields[name] = {
        kind: 'one',
        target,
        optional,
        unique,
        onDelete: ties[choice.tie % ties.length]!,
        ...inverse,
        ...(onHolderDelete === undefined ? {} : { onHolderDelete }),
      }
      return
    }
    case 'many':
      holder.fields[name] = { kind: 'many', target, inverse: `i${index}`, ordered: choice.ordered, ...payload, onDelete: listTie(choice) }
      return
    case 'many-one-sided':
      holder.fields[name] = { kind: 'many', target, ordered: choice.ordered, onDelete: listTie(choice) }
      return
    case 'symmetric':
      holder.fields[name] = { kind: 'many', target, symmetric: true, ...payload, onDelete: listTie(choice) }
      return
    case 'elements': {
      const ties: Tie[] = ['weak', 'dirty', 'restrict', 'strong', ...(holder.softDelete ? ['soft' as const] : [])]
      holder.fields[name] = {
        kind: 'array',
        item: {
          kind: 'object',
          fields: {
            n: { kind: 'integer' },
            ref: { kind: 'one', target, optional: choice.optional, onDelete: ties[choice.tie % ties.length]! },
          },
        },
      }
    }
  }
}

const listTie = ({ tie }: AssociationChoice) => (['weak', 'dirty', 'restrict'] as const)[tie % 3]!
