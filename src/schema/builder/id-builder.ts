import type { IdDeclaration } from '../declaration.js'
import type { Codec } from '../graph.js'
import { Builder } from './builder.js'

export class IdBuilder extends Builder<IdDeclaration> {
  column(name: string, codec: Codec | null = null): this {
    return this.modified({ column: name, codec })
  }
}
