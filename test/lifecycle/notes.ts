import { defineGraph, k } from '../../src/index.js'

export const notes = defineGraph({ note: k.model({ text: k.string() }) })
