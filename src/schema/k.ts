import { ManyBuilder, OneBuilder } from './builder/end-builder.js'
import { IdBuilder } from './builder/id-builder.js'
import { EmbeddedBuilder, ScalarBuilder } from './builder/value-builder.js'
import {
  type EndDeclaration,
  type ModelDeclaration,
  type ScalarDeclaration,
  type ScalarKind,
  type Shape,
  unmodified,
} from './declaration.js'
import type { K } from '../types/builder.js'
import type { IdKind } from './graph.js'

type Options = Readonly<Record<string, unknown>>

const scalar = (
  kind: ScalarKind,
  parameters: Partial<Pick<ScalarDeclaration, 'values' | 'precision' | 'scale'>> = {},
): ScalarBuilder =>
  new ScalarBuilder({ ...unmodified, kind, values: null, precision: 0, scale: 0, ...parameters })

const id = (idKind: IdKind): IdBuilder => new IdBuilder({ ...unmodified, kind: 'id', idKind })

const end = (kind: 'one' | 'many', target: string, options: Options): EndDeclaration => ({
  ...unmodified,
  kind,
  target,
  options: Object.freeze({ ...options }),
})

const runtime = {
  string: () => scalar('string'),
  text: () => scalar('text'),
  integer: () => scalar('integer'),
  bigint: () => scalar('bigint'),
  number: () => scalar('number'),
  decimal: (precision: number, scale: number) => scalar('decimal', { precision, scale }),
  boolean: () => scalar('boolean'),
  date: () => scalar('date'),
  json: () => scalar('json'),
  binary: () => scalar('binary'),
  enum: (values: readonly string[]) =>
    scalar('enum', { values: Array.isArray(values) ? Object.freeze([...values]) : null }),
  object: (shape: Shape) =>
    new EmbeddedBuilder({ ...unmodified, kind: 'object', shape: Object.freeze({ ...shape }) }),
  array: (item: unknown) => new EmbeddedBuilder({ ...unmodified, kind: 'array', item }),
  id: Object.freeze({
    objectId: () => id('objectId'),
    uuid: () => id('uuid'),
    integer: () => id('integer'),
    string: () => id('string'),
  }),
  one: (target: string, options: Options = {}) => new OneBuilder(end('one', target, options)),
  many: (target: string, options: Options = {}) => new ManyBuilder(end('many', target, options)),
  model: (shape: Shape, options: Options = {}): ModelDeclaration =>
    Object.freeze({ shape: Object.freeze({ ...shape }), options: Object.freeze({ ...options }) }),
}

/**
 * The declaring vocabulary: fields, embedded structures, associations and models.
 *
 * @example
 * const post = k.model({
 *   title: k.string(),
 *   author: k.one('user', { inverse: 'posts' }),
 * })
 */
export const k = Object.freeze(runtime) as unknown as K
