import type { EndDeclaration } from '../declaration.js'
import { Builder } from './builder.js'

/** `k.many`: its column is that of the array layout. */
export class ManyBuilder extends Builder<EndDeclaration> {
  hidden(): this {
    return this.modified({ hidden: true })
  }

  column(name: string): this {
    return this.modified({ column: name })
  }
}

/** `k.one`; unique makes it a one-one. */
export class OneBuilder extends ManyBuilder {
  optional(): this {
    return this.modified({ optional: true })
  }

  unique(): this {
    return this.modified({ unique: true })
  }

  index(): this {
    return this.modified({ index: true })
  }

  immutable(): this {
    return this.modified({ immutable: true })
  }
}
