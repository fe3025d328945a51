import { defineGraph, k } from '../../../src/index.js'

/** The graph of the stream that must not take memory. */
export const streamed = defineGraph({
  owner: k.model({ name: k.string().index(), text: k.string() }),
  thing: k.model({ name: k.string(), owner: k.one('owner', { inverse: 'things' }) }),
})
