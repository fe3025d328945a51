import type { Declaration, Modifiers } from '../declaration.js'

/** A chained builder: every modifier returns a new one, so that a declaration can be shared and refined. */
export abstract class Builder<D extends Declaration> {
  readonly declaration: D

  constructor(declaration: D) {
    this.declaration = Object.freeze(declaration)
    Object.freeze(this)
  }

  /** Words for people: diagrams, generated API descriptions. */
  description(text: string): this {
    return this.modified({ description: text })
  }

  protected modified(changes: Partial<Modifiers>): this {
    const Same = this.constructor as new (declaration: D) => this
    return new Same({ ...this.declaration, ...changes })
  }
}
