/** A JSON schema of draft 2020-12, as OpenAPI 3.1 has it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** The schema, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, anyOf } = schema
  const values = schema['enum']
  if (typeof type === 'string') {
    return {
      ...schema,
      type: [type, 'null'],
      ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }),
    }
  }
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...(anyOf as unknown[]), { type: 'null' }] }
  // What says nothing allows null as well.
  return '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : schema
}

export const listOf = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  ...more,
})

export const objectOf = (
  properties: JsonSchema,
  required: readonly string[] = [],
  more: JsonSchema = {},
): JsonSchema => ({
  type: 'object',
  ...more,
  ...(required.length > 0 && { required }),
  properties,
})

export const reference = (component: string): JsonSchema => ({ $ref: `${component}#` })

export const described = (schema: JsonSchema, description: string | null): JsonSchema =>
  description === null || '$ref' in schema ? schema : { ...schema, description }
