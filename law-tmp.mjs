import pg from 'pg'
import { PGlite } from '@electric-sql/pglite'
import { postgres } from 'kinship/postgres'
import { sqlite } from 'kinship/sqlite'
import { checkLaw, layouts } from 'kinship/testing'
const [which, sequences, seed, path] = process.argv.slice(2)
let n = 0
const pool = which === 'pg' ? new pg.Pool({ connectionString: 'postgres://postgres@127.0.0.1:55431/postgres', max: 6 }) : await PGlite.create()
const open = () => {
  const schema = `law_${process.pid}_${n++}`
  const store = postgres({ database: pool, schema, prepare: false })
  return { ...store, name: store.name, bind: (...a) => store.bind(...a), close: async () => { await store.close(); await pool.query(`drop schema if exists ${schema} cascade`) } }
}
const variants = Object.entries(layouts).map(([name, layoutOf]) => ({ name: `postgres ${name}`, open, layoutOf, strategies: ['join', 'aggregate', 'batch'] }))
let done = 0; const began = Date.now()
const s = Number(seed ?? Math.floor(Math.random() * 1e9)); console.log('seed', s)
try {
  await checkLaw(variants, { sequences: Number(sequences), seed: s, onSequence: () => { if (++done % 20 === 0) console.log(done, (done*1000/(Date.now()-began)).toFixed(2)+'/s') }, ...(path && { path }) })
  console.log('held', done)
} catch (e) { console.error(String(e.message).slice(0, 6000)); if (e.cause) console.error(String(e.cause.stack ?? e.cause).slice(0,3000)) }
await pool.close?.() ?? await pool.end()
