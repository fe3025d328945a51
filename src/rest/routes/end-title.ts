import type { EndResource } from '../resource.js'

/** The problems of requests that change an end. */
export const endProblems = [403, 404, 409, 413, 415, 422] as const

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** What operations on an end are called after: `UserGroups`. */
export const endTitle = ({ owner, name }: EndResource): string => `${capital(owner.name)}${capital(name)}`
