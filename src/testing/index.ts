export * from './oracle/index.js'
export { checkLaw, type LawOptions } from './property/check-law.js'
export { layouts, type LayoutOf, type Variant } from './property/variant.js'
