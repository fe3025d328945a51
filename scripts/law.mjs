// Checks the law on SQLite, in every layout and by every strategy, with as many random sequences as asked:
//   npm run law -- --sequences 100000
//   npm run law -- --seed 42 --path 17                    repeats a failure
//   npm run law -- --kinds create,link,find --layouts array
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { sqlite } from 'kinship/sqlite'
import { checkLaw, layouts } from 'kinship/testing'

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '2000' },
    length: { type: 'string' },
    kinds: { type: 'string' },
    layouts: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
})

const sequences = Number(values.sequences)
const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fffffff) : Number(values.seed)
/** @type {import('kinship/testing').Variant[]} */
const variants = Object.entries(layouts)
  .filter(([name]) => values.layouts === undefined || values.layouts.split(',').includes(name))
  .map(([name, layoutOf]) => ({
    name: `sqlite ${name}`,
    open: () => sqlite(':memory:'),
    layoutOf,
    strategies: ['join', 'aggregate', 'batch'],
  }))

console.log(`${sequences} sequences, seed ${seed}, ${variants.map(({ name }) => name).join(', ')}`)
const tell = process.stdout.isTTY ? barTo(sequences) : linesTo(sequences)
let done = 0
try {
  await checkLaw(variants, {
    sequences,
    seed,
    onSequence: () => tell(++done),
    ...(values.path !== undefined && { path: values.path }),
    ...(values.length !== undefined && { length: Number(values.length) }),
    ...(values.kinds !== undefined && { kinds: /** @type {any} */ (values.kinds.split(',')) }),
  })
  console.log(`\nThe law held in ${done} sequences.`)
} catch (error) {
  const { message, cause } = /** @type {Error} */ (error)
  console.error(`\n${message}`)
  if (cause) console.error(cause)
  process.exitCode = 1
}

/** @param {number} total */
function barTo(total) {
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {value} of {total} | {eta_formatted} left',
    etaBuffer: 200,
  })
  bar.start(total, 0)
  return (/** @type {number} */ count) => {
    bar.update(count)
    if (count === total) bar.stop()
  }
}

/**
 * A line every ten seconds.
 *
 * @param {number} total
 */
function linesTo(total) {
  const started = Date.now()
  let last = started
  return (/** @type {number} */ count) => {
    const now = Date.now()
    if (now - last < 10_000) return
    last = now
    const rate = (count * 1000) / (now - started)
    console.log(
      `${count} of ${total}, ${rate.toFixed(1)} per second, ${Math.ceil((total - count) / rate)} s left`,
    )
  }
}
