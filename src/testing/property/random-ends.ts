/** The ends of a described graph. */
import type { GraphDescription, ManyDescription } from '../oracle/index.js'

/** Fields of a pairing. */
export type Payload = NonNullable<ManyDescription['payload']>

export interface End {
  readonly name: string
  readonly target: string
  readonly many: boolean
  /** the reference or list is declared on this model */
  readonly holder: boolean
  /** empty where the pairing has none */
  readonly payload: Payload
  /** the list's raw ids are shown by its record */
  readonly oneSided: boolean
  /** field of the target that this end fills when it creates (inverse of a `one`) */
  readonly fills: string | null
}

export const hasPayload = ({ payload }: End): boolean => Object.keys(payload).length > 0

/** Every end at the top level of a model, inverses of other models' associations included. */
export function endsOf(graph: GraphDescription, model: string): End[] {
  const ends: End[] = []
  for (const [holder, { fields }] of Object.entries(graph.models)) {
    for (const [name, field] of Object.entries(fields)) {
      if (field.kind !== 'one' && field.kind !== 'many') continue
      const many = field.kind === 'many'
      const payload = (many && field.payload) || {}
      if (holder === model) {
        const oneSided = many && field.inverse === undefined && field.symmetric !== true
        ends.push({ name, target: field.target, many, holder: true, payload, oneSided, fills: null })
      }
      if (field.target === model && field.inverse !== undefined) {
        const unique = field.kind === 'one' && field.unique === true
        const fills = many ? null : name
        const inverse = { name: field.inverse, target: holder, many: !unique, holder: false }
        ends.push({ ...inverse, payload, oneSided: false, fills })
      }
    }
  }
  return ends
}
