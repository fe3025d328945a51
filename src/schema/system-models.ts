import { idField, plainField } from './compile-fields.js'
import { blankModel } from './compile-joins.js'
import { freezeGraph } from './freeze-graph.js'
import type { Graph, Model } from './graph.js'
import type { MutableField } from './mutable.js'

/**
 * kinship's own records, where a graph can soft-delete: one for each deletion that soft-deleted something, and its journal,
 * which holds, in the order of its ids, what the records themselves do not say any more.
 */
export function systemModels(): Map<string, Model> {
  const deletion = systemModel('kinship_deletion', [
    plainField('at', 'date'),
    // ids by model: the records that can be named to undo it (R26)
    plainField('roots', 'json'),
  ])
  const journal = systemModel('kinship_journal', [
    plainField('deletion', 'string'),
    // unset: a reference became null; removed: an element went; heir: what the record lies below is gone for good
    plainField('action', 'enum', { values: ['unset', 'removed', 'heir'] }),
    plainField('model', 'string'),
    // the id as text
    plainField('record', 'string'),
    // where the reference or element stood, and what it was
    plainField('place', 'json', { optional: true }),
    plainField('value', 'json', { optional: true }),
    // `[model, id]` of each deleted record the place named; of an heir, each record it lies below now
    plainField('targets', 'json'),
  ])
  journal.indexes.push(['deletion'], ['record'])
  return new Map([deletion, journal].map((model) => [model.name, model]))
}

/**
 * The work table in which the records of large closures are written down while they are deleted (R27). No graph has it: it is made
 * when it is needed.
 */
export const workGraph: Graph = freezeGraph({
  models: new Map(),
  system: new Map([['kinship_closure', closureModel()]]),
  joins: new Map(),
  associations: [],
})

function closureModel(): Model {
  const closure = systemModel('kinship_closure', [
    // closure, step and model: what is looked through together
    plainField('shelf', 'string'),
    plainField('outcome', 'string'),
    plainField('level', 'integer'),
    plainField('deletion', 'string', { optional: true }),
    plainField('via', 'string', { optional: true }),
  ])
  // closure, model and id of the record
  closure.fields.set('id', (closure.id = idField('string')))
  closure.indexes.push(['shelf'])
  return closure
}

function systemModel(name: string, fields: readonly MutableField[]) {
  const model = blankModel(name, name)
  model.id = idField('objectId')
  model.primaryKey = ['id']
  for (const field of [model.id, ...fields]) model.fields.set(field.name, field)
  return model
}
