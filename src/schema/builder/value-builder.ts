import type { ArrayDeclaration, IdDeclaration, ObjectDeclaration, ScalarDeclaration } from '../declaration.js'
import type { Codec } from '../graph.js'
import type { StandardSchema } from '../standard-schema.js'
import { Builder } from './builder.js'

/** What ids, scalars and embedded structures have in common: a value of their own. */
class ValueBuilder<
  D extends ScalarDeclaration | IdDeclaration | ObjectDeclaration | ArrayDeclaration,
> extends Builder<D> {
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

export class IdBuilder extends ValueBuilder<IdDeclaration> {}

/** `k.object` and `k.array`. */
export class EmbeddedBuilder extends ValueBuilder<ObjectDeclaration | ArrayDeclaration> {
  optional(): this {
    return this.modified({ optional: true })
  }

  hidden(): this {
    return this.modified({ hidden: true })
  }

  immutable(): this {
    return this.modified({ immutable: true })
  }
}

export class ScalarBuilder extends ValueBuilder<ScalarDeclaration> {
  optional(): this {
    return this.modified({ optional: true })
  }

  unique(): this {
    return this.modified({ unique: true })
  }

  index(): this {
    return this.modified({ index: true })
  }

  hidden(): this {
    return this.modified({ hidden: true })
  }

  immutable(): this {
    return this.modified({ immutable: true })
  }
}
