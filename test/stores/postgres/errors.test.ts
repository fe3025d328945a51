import { beforeAll, describe, expect, test } from 'vitest'
import { connect, defineGraph, k } from 'kinship'
import { postgres } from 'kinship/postgres'
import { atEnd, failure, newNamespace, onePglite, openShop, shop } from './shop.js'

// To start it takes long where the machine is busy.
beforeAll(onePglite, 120_000)

const open = async (schema = newNamespace()) => openShop(await onePglite(), { schema })

describe("PostgreSQL's errors become kinship's", () => {
  test('R8: a unique value taken names model and fields, not columns', async () => {
    const db = await open()
    await db.user.create({ email: 'a', first: 'A', last: 'B' })
    expect(await failure(db.user.create({ email: 'a' }))).toMatchObject({
      code: 'KIN_UNIQUE',
      path: 'email',
      details: { model: 'user', fields: ['email'] },
    })
    const several = await failure(db.user.create({ email: 'b', first: 'A', last: 'B' }))
    expect(several).toMatchObject({ code: 'KIN_UNIQUE', details: { fields: ['first', 'last'] } })
    expect(several.message).not.toContain('first_name')
  })

  test('R8: of many new records the one that collides is named, and none is kept', async () => {
    const db = await open()
    await db.user.create({ email: 'b' })
    const many = ['a', 'b', 'c'].map((email) => ({ email }))
    expect(await failure(db.user.createMany(many))).toMatchObject({ code: 'KIN_UNIQUE', path: '[1].email' })
    expect(await failure(db.user.createMany([{ email: 'x' }, { email: 'x' }]))).toMatchObject({
      code: 'KIN_UNIQUE',
      path: '[1].email',
    })
    expect(await db.user.count()).toBe(1)
  })

  test('R8: a changed value that is taken is told the same way', async () => {
    const db = await open()
    const [, second] = await db.user.createMany([{ email: 'a' }, { email: 'b' }])
    expect(await failure(db.user.update(second!.id, { email: 'a' }))).toMatchObject({
      code: 'KIN_UNIQUE',
      path: 'email',
    })
  })

  test('R14: a one-one target that is taken is named', async () => {
    const db = await open()
    const user = await db.user.create({ email: 'a', profile: {} })
    expect(await failure(db.profile.create({ user: user.id }))).toMatchObject({
      code: 'KIN_ONE_TAKEN',
      details: { association: 'profile.user', target: user.id },
    })
  })

  test('an id that is taken is a unique value taken', async () => {
    const db = await open()
    const { id } = await db.ticket.create({ what: 'a' })
    const graph = defineGraph({ ticket: k.model({ id: k.id.string(), what: k.string() }) })
    expect(id).toBe(1)
    const other = await connect(graph, postgres({ database: await onePglite(), schema: 'given ids' }))
    atEnd(() => other.close())
    await other.sync()
    await other.ticket.create({ id: 'a', what: 'x' })
    expect(await failure(other.ticket.create({ id: 'a', what: 'y' }))).toMatchObject({
      code: 'KIN_UNIQUE',
      details: { model: 'ticket', fields: ['id'] },
    })
  })

  test('a table that is missing is named', async () => {
    const db = await connect(shop, postgres({ database: await onePglite(), schema: 'not there' }))
    atEnd(() => db.close())
    for (const call of [db.user.find(), db.tag.create({ name: 'a' })]) {
      expect(await failure(call)).toMatchObject({ code: 'KIN_SCHEMA_MISMATCH', details: { column: null } })
    }
    expect((await failure(db.post.find())).details).toMatchObject({ table: 'post' })
  })

  test('a column that is missing is named with its table', async () => {
    const schema = newNamespace()
    const [lite, db] = [await onePglite(), await open(schema)]
    await lite.query(`alter table "${schema}".tag rename column name to label`)
    const details = { table: 'tag', column: 'name' }
    for (const call of [
      db.tag.find(),
      db.tag.find({ where: { name: 'a' }, select: ['id'] }),
      db.tag.create({ name: 'a' }),
      db.post.find({ where: { tags: { $some: { name: 'a' } } } }),
      db.tag.updateMany({ where: { posts: { $none: {} } }, data: { name: 'b' } }),
    ]) {
      expect(await failure(call)).toMatchObject({ code: 'KIN_SCHEMA_MISMATCH', details })
    }
  })

  test('R4: an increment beyond what is safe is refused', async () => {
    const db = await open()
    const { id } = await db.user.create({ email: 'a', visits: Number.MAX_SAFE_INTEGER - 1 })
    await db.user.update(id, { visits: { $inc: 1 } })
    const all = { where: { email: 'a' }, data: { visits: { $inc: 1 } } }
    for (const call of [db.user.update(id, { visits: { $inc: 1 } }), db.user.updateMany(all)]) {
      expect(await failure(call)).toMatchObject({ code: 'KIN_VALIDATION' })
    }
    expect(await db.user.findById(id)).toMatchObject({ visits: Number.MAX_SAFE_INTEGER })
  })

  test('what a trigger refuses keeps its SQLSTATE, and the words stay with the cause', async () => {
    const schema = newNamespace()
    const [lite, db] = [await onePglite(), await open(schema)]
    const own = `"${schema}"`
    await lite.exec(`
      create function ${own}.refuse() returns trigger language plpgsql as
        $$ begin raise exception 'secret %', new.name using errcode = '23514'; end $$;
      create trigger refuse before insert on ${own}.tag for each row execute function ${own}.refuse()`)
    const error = await failure(db.tag.create({ name: 'a' }))
    expect(error).toMatchObject({ code: 'KIN_CONSTRAINT', details: { driverCode: '23514' } })
    expect(error.message).not.toContain('secret')
    expect((error.cause as Error).message).toContain('secret')
  })

  test('R31: a read that fails dooms its transaction, caught or not', async () => {
    const db = await open()
    const doomed = db.transaction(async (tx) => {
      await tx.tag.create({ name: 'a' })
      const native = tx.native as { query(text: string): Promise<unknown> }
      await native.query('select nonsense').catch(() => {})
    })
    expect(await failure(doomed)).toMatchObject({ code: 'KIN_TRANSACTION_DOOMED' })
    expect(await db.tag.count()).toBe(0)
  })
})
