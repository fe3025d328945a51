/**
 * What a caller's data asks for, before anything is looked up or written: records to create, pairs to add,
 * holders to point elsewhere, and every record named, with all that is wrong with the data.
 */
import { fail, type ValidationIssue } from '../../../errors/index.js'
import { describeValue } from '../../../schema/values/describe-value.js'
import type { Edge, Model } from '../../../schema/graph.js'
import type { ModelShape } from './model-shape.js'

/** Something that holds ids of records which are created with it. */
export class Awaiting {
  /** they are created first */
  needs: NewRecord[] | null = null
  /** puts ids in place that the database has assigned by then */
  fills: (() => void)[] | null = null

  /** @param put takes the record's id as soon as it is known */
  awaits(record: NewRecord, put: (id: unknown) => void): void {
    this.needs ??= []
    this.needs.push(record)
    if (!record.assigned) return put(record.id)
    this.fills ??= []
    this.fills.push(() => put(record.id))
  }
}

/** A record to be created. */
export class NewRecord extends Awaiting {
  readonly shape: ModelShape
  /** where it stands in the data */
  readonly path: string
  /** in the order of `shape.fields`, the id first */
  readonly values: unknown[]
  /** the database assigns the id */
  assigned = false
  /** it is stored by now */
  inserted = false

  constructor(shape: ModelShape, path: string) {
    super()
    this.shape = shape
    this.path = path
    this.values = shape.blank.slice()
  }

  /** undefined until the database has assigned it */
  get id(): unknown {
    return this.values[0]
  }

  /** @param id undefined where the database assigns it */
  identify(id: unknown): void {
    this.values[0] = id
    this.assigned = id === undefined
  }
}

/** What stands for a record at an end: one that exists, or one to be created. */
export interface Item {
  readonly record: NewRecord | null
  /** of a record that exists */
  readonly id: unknown
  /** payload fields that were given; null where the pairing has no payload */
  readonly link: Record<string, unknown> | null
  readonly path: string
}

export const idOfItem = ({ record, id }: Item): unknown => (record ? record.id : id)

/** A record that was named, and must be there to be named. */
export interface NamedTarget {
  readonly edge: Edge
  readonly id: unknown
  readonly path: string
  /** a record that is created by the same call does not do */
  readonly stored: boolean
  /** it is content of a record that exists, where it is a new target only if it is not there already (R15) */
  readonly changed: boolean
}

/** A pair of a set association to be added. `edge` leads from the holder to the target. */
export interface NewPair {
  readonly edge: Edge
  readonly holder: Item
  readonly target: Item
  /** complete */
  readonly payload: Readonly<Record<string, unknown>> | null
}

/** A holder that exists and is to refer to a new record. `edge` leads from the holder. */
export interface Move {
  readonly edge: Edge
  readonly holder: unknown
  readonly target: NewRecord
  readonly path: string
}

/** Reads what stands at an end; null where it is not right, which the draft then knows. */
export type ReadTarget = (edge: Edge, value: unknown, path: string, draft: Draft) => Item | null

export class Draft extends Awaiting {
  readonly readTarget: ReadTarget
  readonly records: NewRecord[] = []
  readonly targets: NamedTarget[] = []
  readonly pairs: NewPair[] = []
  readonly moves: Move[] = []
  readonly issues: ValidationIssue[] = []
  /** immutable fields that the data would change */
  readonly immutable: string[] = []
  /** checks that have not answered yet */
  readonly pending: Promise<void>[] = []
  /** how deep the data is nested at the moment */
  depth = 0

  /** @param readTarget records contain ends, which contain records */
  constructor(readTarget: ReadTarget) {
    super()
    this.readTarget = readTarget
  }

  /** Notes that something is wrong with the data. @returns undefined, as the value there is none */
  refuse(path: string, code: string, message: string): undefined {
    this.issues.push({ path, code, message })
  }

  refuseType(path: string, expected: string, received: unknown): undefined {
    return this.refuse(path, 'type', `Expected ${expected}, received ${describeValue(received)}.`)
  }

  /** @throws KIN_VALIDATION with everything that is wrong, KIN_IMMUTABLE */
  refuseIssues(model: Model): void {
    const { issues, immutable } = this
    const [first] = issues
    if (first) {
      fail('KIN_VALIDATION', {
        message: messageOf(model, issues),
        path: first.path,
        details: { model: model.name, issues },
      })
    }
    if (immutable.length > 0) {
      fail('KIN_IMMUTABLE', {
        message: `Immutable in model "${model.name}": ${immutable.join(', ')}.`,
        path: immutable[0],
        details: { model: model.name, fields: immutable },
      })
    }
  }
}

function messageOf({ name }: Model, issues: readonly ValidationIssue[]): string {
  const lines = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  return issues.length === 1
    ? `The data does not fit model "${name}": ${lines[0]}`
    : `The data does not fit model "${name}" in ${issues.length} places:\n- ${lines.join('\n- ')}`
}
