import build, { type Schema } from 'fast-json-stringify'
import type { JsonSchema } from '../schemas/json-schema.js'

/** Makes JSON of an answer. */
export type Serialize = (answer: unknown) => string

type Compiled = (answers: object) => string

/**
 * Serializers of the document's schemas, compiled together: they refer to one another, so compiled for each route by itself
 * they would be compiled hundreds of times.
 */
export class Serializers {
  readonly #names: readonly string[]
  readonly #schemas: readonly JsonSchema[]
  #compiled: Compiled | null = null

  /** @param names of the schemas that answers have */
  constructor(schemas: readonly JsonSchema[], names: readonly string[]) {
    this.#names = names
    this.#schemas = schemas.filter((schema) => names.includes(String(schema['$id'])))
  }

  /** Takes a while, so it is done before requests come. */
  compile(): Compiled {
    if (this.#compiled) return this.#compiled
    const properties: Record<string, JsonSchema> = {}
    for (const name of this.#names) {
      const schema = { $ref: `${name}#` }
      properties[name] = schema
      properties[listed(name)] = { type: 'array', items: schema }
    }
    const schema = Object.fromEntries(this.#schemas.map((one) => [String(one['$id']), one]))
    return (this.#compiled = build(
      { type: 'object', properties },
      { schema: schema as unknown as Record<string, Schema> },
    ))
  }

  /** Of one schema. What the schema does not have is left out. */
  of(name: string): Serialize {
    const before = name.length + 4
    // `{"name":…}` is cut off around what is wanted.
    return (answer) => this.compile()({ [name]: answer }).slice(before, -1)
  }

  /** Of one record, or of a list of them. */
  ofSome(name: string): Serialize {
    const one = this.of(name)
    const list = this.of(listed(name))
    return (answer) => (Array.isArray(answer) ? list(answer) : one(answer))
  }

  /** Of a page of records. */
  ofPage(name: string): Serialize {
    const list = this.of(listed(name))
    return (answer) => {
      const { docs, ...rest } = answer as { readonly docs: readonly unknown[] }
      return `{"docs":${list(docs)},${JSON.stringify(rest).slice(1)}`
    }
  }
}

const listed = (name: string): string => `${name}[]`
