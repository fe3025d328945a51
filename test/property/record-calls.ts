/** Calls written as code, recorded as data. */
import type { GraphDescription } from '../../src/testing/oracle/index.js'
import type { Call } from '../../src/testing/property/call.js'
import { endsOf } from '../../src/testing/property/random-ends.js'

const METHODS = [
  'create',
  'createMany',
  'update',
  'updateMany',
  'upsert',
  'findOrCreate',
  'delete',
  'deleteMany',
  'planDelete',
  'planned',
  'restore',
  'find',
  'findOne',
  'findById',
  'count',
  'exists',
  'walk',
  'stream',
  'populate',
  'list',
  'get',
  'has',
  'add',
  'remove',
  'set',
  'clear',
  'push',
] as const

type Methods = Readonly<Record<(typeof METHODS)[number], (...args: readonly unknown[]) => void>>

/** Like a database; the end of a handle is named in `at`. */
export type Recorder<Models> = {
  readonly [Name in keyof Models]: Methods & { readonly at: (id: unknown, end: string) => Methods }
} & {
  readonly $transaction: (body: (tx: Recorder<Models>) => void, outcome?: 'commit' | 'abandon') => void
  readonly $purge: (options: unknown) => void
}

/** What a function does with `db`, as calls. */
export function recordCalls<Models extends GraphDescription['models']>(
  models: Models,
  body: (db: Recorder<Models>) => void,
): Call[] {
  const calls: Call[] = []
  const repositories = Object.keys(models).map((model) => [
    model,
    {
      ...methodsOf(calls, model),
      at: (id: unknown, end: string) =>
        methodsOf(calls, model, { id, end, kind: kindOf({ models }, model, end) }),
    },
  ])
  body({
    ...Object.fromEntries(repositories),
    $purge: (options: unknown) => calls.push({ model: '', method: 'purge', args: [options] }),
    $transaction: (inside: typeof body, outcome = 'commit') =>
      calls.push({ model: '', method: 'transaction', args: [recordCalls(models, inside), outcome] }),
  } as Recorder<Models>)
  return calls
}

function methodsOf(calls: Call[], model: string, at?: Call['at']): Methods {
  const recording = METHODS.map((method) => [
    method,
    (...args: readonly unknown[]) => calls.push({ model, method, args, ...(at && { at }) }),
  ])
  return Object.fromEntries(recording) as Methods
}

function kindOf(description: GraphDescription, model: string, name: string): 'many' | 'one' | 'array' {
  const end = endsOf(description, model).find((one) => one.name === name)
  if (!end) return 'array'
  return end.many ? 'many' : 'one'
}
