import { k, type StandardSchema } from 'kinship'

declare const email: StandardSchema<string>
declare const positive: StandardSchema<number>
declare const trimmed: StandardSchema<string, { readonly text: string }>
declare const anything: StandardSchema
declare const colors: StandardSchema<'red' | 'blue'>

// A check takes any Standard Schema that takes the field's values.
k.string().check(email)
k.string().optional().check(email)
k.integer().check(positive)
k.string().check(trimmed)
k.object({ a: k.string() }).check(anything)
k.array(k.string()).check(anything)
// A schema may be narrower than the field: that is what it is for.
k.string().check(colors)

// @ts-expect-error -- a schema of another type
k.integer().check(email)
// @ts-expect-error -- not a schema
k.string().check({ validate: () => true })
