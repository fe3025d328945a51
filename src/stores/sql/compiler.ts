import type { BoundStore } from '../../store/store.js'
import type { Dialect } from './dialect.js'
import { compileRead } from './read/compile-read.js'
import { compileDelete } from './write/compile-delete.js'
import { compileInsert } from './write/compile-insert.js'
import { compileLink } from './write/compile-link.js'
import { compileUpdateEach } from './write/compile-update-each.js'
import { compileWrite } from './write/compile-write.js'

type Compiler = Required<
  Pick<
    BoundStore,
    'compileRead' | 'compileWrite' | 'compileDelete' | 'compileInsert' | 'compileLink' | 'compileUpdateEach'
  >
>

/** The compiling half of a SQL store. */
export function compilerFor(dialect: Dialect): Compiler {
  return {
    compileRead: (request) => compileRead(dialect, request),
    compileWrite: (request) => compileWrite(dialect, request),
    compileDelete: (request) => compileDelete(dialect, request),
    compileInsert: (request) => compileInsert(dialect, request),
    compileLink: (request) => compileLink(dialect, request),
    compileUpdateEach: (request) => compileUpdateEach(dialect, request),
  }
}
