// Checks the law on SQLite with as many random sequences as asked:
//   npm run law -- --sequences 100000 --seed 42 --kinds create,find --length 24 --path 17
import { parseArgs } from 'node:util'
import { sqlite } from 'kinship/sqlite'
import { checkLaw, layouts } from 'kinship/testing'

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '2000' },
    length: { type: 'string' },
    kinds: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    layouts: { type: 'string' },
  },
})

const sequences = Number(values.sequences)
const seed = values.seed === undefined ? Date.now() & 0x7fffffff : Number(values.seed)
const open = () => sqlite(':memory:')
/** @type {import('kinship/testing').Variant[]} */
const variants = Object.entries(layouts)
  .filter(([name]) => values.layouts === undefined || values.layouts.split(',').includes(name))
  .map(([name, layoutOf]) => ({
    name: `sqlite ${name}`,
    open,
    layoutOf,
    strategies: ['join', 'aggregate', 'batch'],
  }))

console.log(`${sequences} sequences, seed ${seed}`)
const started = Date.now()
let done = 0
const tell = () => {
  done++
  const seconds = (Date.now() - started) / 1000
  const left = ((sequences - done) * seconds) / done
  if (done % 100 === 0)
    process.stderr.write(
      `\r${done} of ${sequences}, ${(done / seconds).toFixed(0)}/s, ${left.toFixed(0)} s left   `,
    )
}
try {
  await checkLaw(variants, {
    sequences,
    seed,
    onSequence: tell,
    ...(values.path !== undefined && { path: values.path }),
    ...(values.length !== undefined && { length: Number(values.length) }),
    ...(values.kinds !== undefined && { kinds: /** @type {any} */ (values.kinds.split(',')) }),
  })
  console.log(`\nThe law held in ${done} sequences (${((Date.now() - started) / 1000).toFixed(1)} s).`)
} catch (error) {
  const { message, cause } = /** @type {Error} */ (error)
  console.error(`\nafter ${done} sequences:\n${message}`)
  if (cause) console.error(cause)
  process.exitCode = 1
}
