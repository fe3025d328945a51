import type { ArrayDeclaration, ObjectDeclaration, ScalarDeclaration } from '../declaration.js'
import type { Codec } from '../graph.js'
import type { StandardSchema } from '../standard-schema.js'
import { Builder } from './builder.js'

/** What scalars and embedded structures have in common: a value of their own. */
class ValueBuilder<D extends ScalarDeclaration | ObjectDeclaration | ArrayDeclaration> extends Builder<D> {
  optional(): this {
    return this.modified({ optional: true })
  }

  hidden(): this {
    return this.modified({ hidden: true })
  }

  immutable(): this {
    return this.modified({ immutable: true })
  }

  default(valueOrFunction: unknown): this {
    return this.modified({ default: valueOrFunction })
  }

  check(schema: StandardSchema): this {
    return this.modified({ checks: Object.freeze([...this.declaration.checks, schema]) })
  }

  column(name: string, codec: Codec | null = null): this {
    return this.modified({ column: name, codec })
  }
}

/** `k.object` and `k.array`. */
export class EmbeddedBuilder extends ValueBuilder<ObjectDeclaration | ArrayDeclaration> {}

export class ScalarBuilder extends ValueBuilder<ScalarDeclaration> {
  unique(): this {
    return this.modified({ unique: true })
  }

  index(): this {
    return this.modified({ index: true })
  }
}
