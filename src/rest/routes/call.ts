import { isDeepStrictEqual } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { fail } from '../../errors/index.js'
import { Flaw } from '../../schema/values/flaw.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import type { Limits } from '../limits.js'
import type { Action } from '../options.js'
import { type Parameter, parseParameters } from '../parameters/parameter.js'
import type { ReadContext } from '../parameters/read-context.js'
import { inPlace } from '../problems/request-fault.js'
import type { Resource } from '../resource.js'
import { repositoryOf, type ServedDb, type ServedRepository } from '../served-db.js'
import type { Api } from './api.js'

/** One request: who may do what, what it asks for, and the database as its caller may see it. */
export class Call implements ReadContext {
  readonly api: Api
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** ends the work in the database when the time is over */
  readonly signal: AbortSignal
  #db: ServedDb
  #scopes: object[] = []
  #touched = new Map<string, Action>()

  constructor(api: Api, request: FastifyRequest, reply: FastifyReply) {
    this.api = api
    this.request = request
    this.reply = reply
    this.signal = AbortSignal.timeout(api.limits.time)
    this.#db = api.db
  }

  get limits(): Limits {
    return this.api.limits
  }

  get db(): ServedDb {
    return this.#db
  }

  /** The repository of a resource, within the caller's scopes. */
  records({ name }: Resource, db: ServedDb = this.#db): ServedRepository {
    return repositoryOf(db, name)
  }

  parameters(): Parameter {
    return parseParameters(this.request.url, this.limits.parameters)
  }

  /** A part of the path that names a record, as its id. @throws RequestFault of KIN_INVALID_ID */
  id(parameter: string, { model }: Resource): unknown {
    const text = (this.request.params as Readonly<Record<string, string>>)[parameter] ?? ''
    const { id } = model
    if (!id) return text
    const value = id.idKind === 'integer' && /^-?\d{1,16}$/.test(text) ? Number(text) : text
    const normal = normaliserOf(id)(value)
    if (!(normal instanceof Flaw)) return normal
    return inPlace({ parameter }, () =>
      fail('KIN_INVALID_ID', {
        message: `Expected an id of model "${model.name}" in the path: ${normal.expected}.`,
        path: parameter,
        details: { model: model.name, expected: normal.expected, received: 'a string' },
      }),
    )
  }

  touch({ name }: Resource, kind: Action['kind']): void {
    if (this.api.authorize)
      this.#touched.set(`${kind} ${name}`, { kind, model: name, id: null, association: null })
  }

  /** Asks whether the request may do what it is about to do. @throws KIN_FORBIDDEN */
  async admit(action: Action): Promise<void> {
    const { authorize } = this.api
    if (!authorize) return
    const verdict = await authorize(this.request, action)
    if (typeof verdict === 'object' && verdict !== null) this.#narrow(verdict)
    else if (!verdict) {
      fail('KIN_FORBIDDEN', {
        message: 'The caller may not do this.',
        details: { model: action.model, action: action.kind },
      })
    }
  }

  /** The same for every model that the request turned out to touch besides its own. */
  async admitTouched(): Promise<void> {
    const touched = [...this.#touched.values()]
    this.#touched.clear()
    for (const action of touched) await this.admit(action)
  }

  #narrow(scopes: object): void {
    if (this.#scopes.some((known) => isDeepStrictEqual(known, scopes))) return
    this.#scopes.push(scopes)
    this.#db = this.#db.scoped(scopes)
  }
}
