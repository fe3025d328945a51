import { codecs } from './codecs.js'
import type { Codec } from './graph.js'

/** One of the ready-made codecs, as data: by name, with the parameters of those that are made by a call. */
export type CodecCall =
  | { readonly name: 'isoDate' | 'sqlDateTime' | 'epochSeconds' | 'epochMillis' | 'asText' }
  | { readonly name: 'numeric'; readonly parameters: readonly [number] }
  | { readonly name: 'booleanText'; readonly parameters: readonly [string, string] }

export function codecOf(call: CodecCall): Codec {
  switch (call.name) {
    case 'numeric':
      return codecs.numeric(...call.parameters)
    case 'booleanText':
      return codecs.booleanText(...call.parameters)
    default:
      return codecs[call.name]
  }
}
