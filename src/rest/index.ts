export { kinshipRest } from './kinship-rest.js'
export type { Limits } from './limits.js'
export type {
  Action,
  Authorize,
  DocsOptions,
  EndRoutes,
  ModelRoutes,
  RestDb,
  RestOptions,
} from './options.js'
export type { Problem, ProblemItem } from './problems/problem.js'
