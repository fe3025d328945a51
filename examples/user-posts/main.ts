import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { refusal } from '../refusal.js'
import { graph } from './graph.js'

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  // Assigning: a post names its author, by record or by id. There is no second list to keep in step.
  const jane = await db.user.create({ name: 'Jane Doe', email: 'jane@example.com' })
  await db.post.create({ title: 'My First Post', content: 'Hello World!', author: jane })
  await db.post.create({ title: 'My Second Post', content: 'Another post.', author: jane.id })

  // Or nested, in one transaction.
  const john = await db.user.create({
    name: 'John Doe',
    email: 'john@example.com',
    posts: [{ title: 'On Boats', content: 'They float.' }],
  })

  // Loading: filter, order and limit of a populated list are per user.
  const users = await db.user.find({
    populate: { posts: { orderBy: { title: 'desc' }, limit: 1, select: ['title'] } },
    count: { posts: true },
  })
  for (const user of users)
    print(`${user.name}: ${user.$count.posts} posts, the last by title "${user.posts[0]?.title}"`)
  const first = await db.post.findOne({
    where: { author: { email: 'jane@example.com' } },
    populate: { author: { select: ['name'] } },
  })
  print(`"${first?.title}" is by ${first?.author.name}.`)

  // The list has a handle. Adding a post moves it; it cannot be without an author.
  const [boats] = await db.user.at(john.id).posts.list()
  const moved = await db.user.at(jane.id).posts.add(boats ?? [])
  const orphaned = await refusal(db.user.at(jane.id).posts.remove(moved.added))
  print(`Jane took over ${moved.added.length} post; leaving it without an author: ${orphaned}.`)

  // An optional reference lets go. A role's users: list, add several, add one, remove one, replace, clear.
  const admin = await db.role.create({ name: 'Admin', description: 'May do most things' })
  const users$ = db.role.at(admin.id).users
  const both = await users$.add([jane, john])
  const again = await users$.add(jane)
  const removed = await users$.remove(jane)
  const rest = await users$.list({ select: ['name'] })
  const replaced = await users$.set([jane])
  const janeNow = await db.user.findById(jane.id, { populate: { title: true } })
  print(`After adding both and removing Jane, the admins are ${rest.map((user) => user.name).join()}.`)
  print(`Replaced: ${replaced.added.length} added, ${replaced.removed.length} removed.`)
  await users$.clear()
  const none = await users$.count()

  return { users, first, moved, orphaned, both, again, removed, rest, replaced, janeNow, none, jane, john }
}

if (process.argv[1] === import.meta.filename) {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await run(db)
  await db.close()
}
