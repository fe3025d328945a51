import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { graph } from './graph.js'
import { questions } from './questions.js'

const SHOWN = 5

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  const answers: Record<string, readonly object[]> = {}
  for (const [question, ask] of Object.entries(questions)) {
    const answer = await ask(db)
    answers[question] = answer
    print(`\n${question}`)
    for (const row of answer.slice(0, SHOWN)) print(`  ${Object.values(row).join(' | ')}`)
    if (answer.length > SHOWN) print(`  … ${answer.length - SHOWN} more`)
  }
  return answers
}

if (process.argv[1] === import.meta.filename) {
  const file = process.argv[2] ?? process.env['KINSHIP_CHINOOK']
  if (file === undefined)
    throw new Error('Say where the database is: tsx examples/chinook/main.ts chinook.sqlite')
  const db = await connect(graph, sqlite({ file, readOnly: true }))
  await run(db)
  await db.close()
}
