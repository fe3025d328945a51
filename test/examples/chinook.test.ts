import { connect, type Db } from 'kinship'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graph } from '../../examples/chinook/graph.js'
import { run } from '../../examples/chinook/main.js'
import { questions } from '../../examples/chinook/questions.js'
import { testStore } from '../helpers/sqlite.js'
import { answersInSql } from './chinook-answers.js'
import { chinookFile, copyChinook, whyNoChinook } from './chinook-file.js'
import { plainSql } from './plain-sql.js'

test('every question has its plain SQL', () => {
  expect(Object.keys(questions)).toEqual(Object.keys(answersInSql))
  expect(Object.keys(questions)).toHaveLength(10)
})

const skipped = chinookFile === null ? ` (skipped: ${whyNoChinook})` : ''

describe.skipIf(chinookFile === null)(`chinook, an existing database${skipped}`, () => {
  let db: Db<typeof graph>
  let plain: ReturnType<typeof plainSql>
  let remove: () => void

  beforeAll(async () => {
    const copy = copyChinook(chinookFile ?? '')
    remove = copy.remove
    db = await connect(graph, testStore({ file: copy.file }))
    plain = plainSql(copy.file)
  })

  afterAll(async () => {
    plain.close()
    await db.close()
    remove()
  })

  test.for(Object.entries(answersInSql))('%s', async ([question, statement]) => {
    const answer = await questions[question as keyof typeof questions](db)
    expect(answer).toEqual(plain.rows(statement))
    expect(answer.length).toBeGreaterThan(0)
  })

  test('the program answers all of them', async () => {
    const printed: string[] = []
    const answers = await run(db, (line) => printed.push(line))
    expect(Object.keys(answers)).toEqual(Object.keys(questions))
    expect(printed.join('\n')).toContain('For Those About To Rock')
  })

  test('every column of every table is declared', async () => {
    for (const model of graph.models.values()) {
      const columns = plain.rows(`select name from pragma_table_info('${model.collection}')`)
      const declared = [...model.fields.values()].map(({ column }) => ({ name: column }))
      const byName = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b))
      expect([model.name, ...declared.toSorted(byName)]).toEqual([model.name, ...columns.toSorted(byName)])
    }
  })

  test('writing goes through the same names and codecs', async () => {
    const playlist = await db.playlist.create({ name: 'Two', tracks: [1, 2] })
    await db.playlist.at(playlist.id).tracks.remove(1)
    const invoice = await db.invoice.create({
      customer: 2,
      date: new Date('2026-01-02T03:04:05Z'),
      total: '1.99',
      lines: [{ track: 2, unitPrice: '1.99', quantity: 1 }],
    })
    expect(plain.rows(`select TrackId from PlaylistTrack where PlaylistId = ${playlist.id}`)).toEqual([
      { TrackId: 2 },
    ])
    expect(
      plain.rows(
        `select CustomerId, InvoiceDate, Total, TrackId, UnitPrice, Quantity
         from Invoice join InvoiceLine using (InvoiceId) where InvoiceId = ${invoice.id}`,
      ),
    ).toEqual([
      {
        CustomerId: 2,
        InvoiceDate: '2026-01-02 03:04:05',
        Total: 1.99,
        TrackId: 2,
        UnitPrice: 1.99,
        Quantity: 1,
      },
    ])
  })

  test('a customer with invoices stays, an employee with reports is let go of by them', async () => {
    await expect(db.customer.delete(2)).rejects.toMatchObject({ code: 'KIN_RESTRICTED' })
    await db.employee.delete(2)
    const left = await db.employee.find({ where: { id: { $in: [3, 4, 5] } }, select: ['reportsTo'] })
    expect(left).toEqual([{ reportsTo: null }, { reportsTo: null }, { reportsTo: null }])
  })
})
