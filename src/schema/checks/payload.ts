import type { GraphFault } from '../../errors/index.js'
import { pairingNames } from '../compile-joins.js'
import type { AssociationDraft } from '../draft.js'
import { record } from '../read-draft.js'
import { type Member, walkShape } from '../walk-shape.js'
import { type Check, fault } from './fault.js'
import { memberFaults } from './members.js'
import { memberNameFaults } from './names.js'

export const checkPayloads: Check = function* ({ associations }) {
  for (const association of associations) {
    const { model, path, declaration, many, inverse, symmetric } = association
    const payload = record(declaration.options['payload'])
    if (!many || Object.keys(payload).length === 0) continue
    if (inverse === null && !symmetric) {
      yield fault(
        'one-sided-payload',
        model.name,
        path,
        'A one-sided list is shown and replaced as a list of ids, which has no place for a payload.',
        'Name the other end with `inverse`, or use an embedded array: `k.array(k.object({ … }))`.',
      )
    }
    for (const member of walkShape(payload)) yield* memberOf(association, member)
  }
}

/** Faults of a member of a payload, at any depth. */
function* memberOf(association: AssociationDraft, member: Member): Generator<GraphFault> {
  const model = association.model.name
  const path = [...association.path, ...member.path]
  const { declaration, embedded, element } = member
  const [name = ''] = member.path
  const refuse = (message: string, fix: string): GraphFault =>
    fault('payload-member', model, path, message, fix)
  if (declaration?.kind === 'id' || declaration?.kind === 'one' || declaration?.kind === 'many') {
    yield refuse(
      'A payload holds fields only, no ids and no associations.',
      'Use a declared model: `through`.',
    )
    return
  }
  yield* memberFaults(model, { ...member, path })
  if (!element) yield* memberNameFaults(model, path)
  if (embedded) return
  if (declaration?.unique || declaration?.index || declaration?.immutable) {
    yield refuse(
      'A payload field cannot be unique or immutable, or have an index.',
      'Use a declared model: `through`.',
    )
  }
  if (pairingNames(association).includes(name)) {
    yield refuse(`"${name}" is taken: the pairing itself has it.`, 'Choose another name.')
  }
}
