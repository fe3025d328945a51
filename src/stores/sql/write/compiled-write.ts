import type { CompiledWrite } from '../../../store/write.js'
import type { Dialect } from '../dialect.js'
import { type Fragment, render } from '../fragment.js'
import { binder } from '../parameters.js'
import type { SqlSession } from '../session.js'

/**
 * A writing statement, ready to run.
 *
 * @param mayCollide it may make a value that another record has
 */
export function compiledWrite(dialect: Dialect, fragment: Fragment, mayCollide = false): CompiledWrite {
  const { statement, parameters } = render(fragment, (index) => dialect.placeholder(index))
  const bind = binder(parameters)
  return {
    statement,
    run: (session, values) => (session as SqlSession).run(statement, bind(values, []), mayCollide),
  }
}
