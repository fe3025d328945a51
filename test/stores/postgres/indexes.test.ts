import { beforeAll, describe, expect, test } from 'vitest'
import type { LogEntry } from 'kinship'
import { newNamespace, onePglite, openShop } from './shop.js'

const TAGS = 200
const POSTS = 4000

type Shop = Awaited<ReturnType<typeof openShop>>

let db: Shop
let tags: readonly { readonly id: string }[]
const log: LogEntry[] = []

beforeAll(async () => {
  const lite = await onePglite()
  const schema = newNamespace()
  db = await openShop(lite, { schema, log: (entry) => log.push(entry) })
  tags = await db.tag.createMany(Array.from({ length: TAGS }, (_, at) => ({ name: `tag ${at}` })))
  const author = await db.user.create({ email: 'a' })
  await db.post.createMany(
    Array.from({ length: POSTS }, (_, at) => ({
      title: `post ${at}`,
      author: author.id,
      tags: [tags[at % TAGS]!.id, tags[(at * 7) % TAGS]!.id],
    })),
  )
  // What was just inserted waits to be added to the index, which makes it look expensive.
  await lite.exec(`vacuum analyze "${schema}".post`)
  await lite.exec(`vacuum analyze "${schema}".tag`)
}, 120_000)

/** How the server would run the statements of a call. */
async function plansOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  const lite = await onePglite()
  log.length = 0
  await call()
  const statements = log.filter(({ kind }) => kind === 'read')
  const plans: string[] = []
  for (const { statement, parameters } of statements) {
    const { rows } = await lite.query<{ 'QUERY PLAN': string }>(`explain ${statement}`, [...parameters])
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  return plans
}

/** An array layout is written at one end, and an index answers from the other one. */
describe('arrays from their inverse end', () => {
  const index = /Bitmap Index Scan on post_tags_index/

  test('populated, for some records', async () => {
    const wanted = tags.slice(0, 3).map(({ id }) => id)
    const query = { where: { id: { $in: wanted } }, populate: { posts: { select: ['title'] } } } as const
    const found = await db.tag.find(query)
    expect(found.map(({ posts }) => posts.length)).toEqual(
      wanted.map(
        (_, at) =>
          Array.from({ length: POSTS }, (_post, n) => n).filter(
            (n) => n % TAGS === at || (n * 7) % TAGS === at,
          ).length,
      ),
    )
    expect((await plansOf(() => db.tag.find(query))).at(-1)).toMatch(index)
  })

  test('populated, so many for each record', async () => {
    const query = {
      where: { name: 'tag 3' },
      populate: { posts: { limit: 2, orderBy: { title: 'asc' } } },
    } as const
    expect((await db.tag.find(query))[0]?.posts).toHaveLength(2)
    expect((await plansOf(() => db.tag.find(query))).at(-1)).toMatch(index)
  })

  test('counted', async () => {
    const query = { where: { name: 'tag 3' }, count: { posts: true } } as const
    expect((await db.tag.find(query))[0]?.$count.posts).toBe(40)
    expect((await plansOf(() => db.tag.find(query)))[0]).toMatch(index)
  })
})

test('R3: an index on texts serves an order by code point and ranges', async () => {
  const plans = await plansOf(async () => {
    await db.user.find({ orderBy: { email: 'asc' }, limit: 5 })
    await db.user.find({ where: { email: { $gt: 'b' } } })
  })
  const lite = await onePglite()
  await lite.exec('set enable_seqscan = off; set enable_sort = off')
  const forced = await plansOf(async () => {
    await db.user.find({
      where: { email: { $gt: 'b' }, deletedAt: null },
      orderBy: { email: 'asc' },
      limit: 5,
    })
  })
  await lite.exec('reset enable_seqscan; reset enable_sort')
  expect(plans).toHaveLength(2)
  expect(forced[0]).toMatch(/Index Scan using user_\w+_unique|Index Scan using user_email/)
})
