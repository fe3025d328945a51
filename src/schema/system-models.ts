import { idField, plainField } from './compile-fields.js'
import { blankModel } from './compile-joins.js'
import type { Model } from './graph.js'
import type { MutableField } from './mutable.js'

/** kinship's own records, where a graph can soft-delete: one for each deletion, and its journal. */
export function systemModels(): Map<string, Model> {
  const deletion = systemModel('kinship_deletion', [
    plainField('at', 'date'),
    plainField('model', 'string'),
    plainField('record', 'json'),
  ])
  const journal = systemModel('kinship_journal', [
    plainField('deletion', 'string', { index: true }),
    plainField('sequence', 'integer'),
    plainField('model', 'string'),
    plainField('record', 'json'),
    plainField('action', 'enum', { values: ['deleted', 'unset', 'removed'] }),
    plainField('path', 'json'),
    plainField('value', 'json', { optional: true }),
    plainField('index', 'integer', { optional: true }),
  ])
  journal.indexes.push(['deletion'])
  return new Map([deletion, journal].map((model) => [model.name, model]))
}

function systemModel(name: string, fields: readonly MutableField[]) {
  const model = blankModel(name, name)
  model.id = idField('objectId')
  model.primaryKey = ['id']
  for (const field of [model.id, ...fields]) model.fields.set(field.name, field)
  return model
}
