import { fail, type GraphFault } from '../../errors/index.js'
import type { GraphDraft } from '../draft.js'
import { checkCycles } from './cycles.js'
import { checkDatabaseNames } from './database-names.js'
import { checkEnds } from './ends.js'
import type { Check } from './fault.js'
import { checkKeys } from './keys.js'
import { checkLayouts } from './layouts.js'
import { checkMembers } from './members.js'
import { checkNames } from './names.js'
import { checkOptions, modelFaults } from './options.js'
import { checkPayloads } from './payload.js'
import { checkThrough } from './through.js'
import { checkTies } from './ties.js'

const checks: readonly Check[] = [
  checkNames,
  checkMembers,
  checkOptions,
  checkEnds,
  checkLayouts,
  checkPayloads,
  checkThrough,
  checkTies,
  checkKeys,
  checkDatabaseNames,
  checkCycles,
]

/** Throws KIN_GRAPH_FAULTS where a graph has faults: all of them, in one error. */
export function checkGraph(declarations: Readonly<Record<string, unknown>>, graph: GraphDraft): void {
  const faults = [...modelFaults(declarations), ...checks.flatMap((check) => [...check(graph)])]
  if (faults.length === 0) return
  fail('KIN_GRAPH_FAULTS', {
    message: [
      `The graph has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:`,
      ...faults.map(describe),
    ].join('\n'),
    details: { faults },
  })
}

const describe = ({ model, field, message, fix }: GraphFault): string =>
  `- ${field === null ? model : `${model}.${field}`}: ${message} ${fix}`
