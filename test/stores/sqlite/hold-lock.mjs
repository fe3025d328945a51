// A process of its own that holds the lock of a file: `node hold-lock.mjs FILE DRIVER [ROW]`. Says "locked", and commits
// when it is written to, having inserted a row where one was asked for. It ends with whoever started it.
import { createRequire } from 'node:module'

const [, , file = '', driver = '', row] = process.argv
const module = createRequire(import.meta.url)(driver)
const database = new (module.DatabaseSync ?? module)(file)

database.exec('begin immediate')
if (row !== undefined) database.exec(`insert into note (id, text) values ('${row}', 'from another process')`)
console.log('locked')

process.stdin.once('data', () => {
  database.exec('commit')
  database.close()
  process.exit()
})
process.stdin.once('end', () => process.exit(1))
