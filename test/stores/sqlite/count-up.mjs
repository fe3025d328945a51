// A process of its own that adds 1 to the text of a note, so many times: `node count-up.mjs FILE DRIVER TIMES`.
import { createRequire } from 'node:module'

const [, , file = '', driver = '', times] = process.argv
const module = createRequire(import.meta.url)(driver)
const database = new (module.DatabaseSync ?? module)(file)

database.exec('pragma busy_timeout = 20000')
for (let done = 0; done < Number(times); done++) {
  database.exec(`begin immediate; update note set text = text + 1 where id = 'count'; commit`)
}
database.close()
