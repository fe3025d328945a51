import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { refusal } from '../refusal.js'
import { graph } from './graph.js'

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  const user = await db.user.create({ name: 'Mia' })
  const sunny = await db.hashtag.create({ text: '#sunny' })
  const beach = await db.hashtag.create({ text: '#beach' })

  // Assigning: ids or records, straight in the data of create and update.
  const post = await db.post.create({ caption: 'Having a great day!', user, hashtags: [beach.id, sunny] })
  print(`The record shows ids, in the order given: ${post.hashtags[0] === beach.id}`)

  // Loading: the same place, now with records.
  const loaded = await db.post.findById(post.id, { populate: { hashtags: true, user: true } })
  print(`${loaded?.user?.name}: ${loaded?.caption} ${loaded?.hashtags.map(({ text }) => text).join(' ')}`)

  // One by one: what is there already is unchanged, what has no id is created.
  const hashtags = db.post.at(post.id).hashtags
  const added = await hashtags.add([sunny, { text: '#waves' }])
  const removed = await hashtags.remove(beach)
  const texts = (await hashtags.list()).map(({ text }) => text)
  print(`Added ${added.added.length}, removed ${removed.removed.length}: ${texts.join(' ')}`)

  // The list as a whole.
  const updated = await db.post.update(
    post.id,
    { hashtags: [sunny, beach] },
    { populate: { hashtags: true } },
  )
  print(`Now ${updated.hashtags.map(({ text }) => text).join(' ')}`)

  // Asking: by what is stored, or by what it names.
  const byId = await db.post.count({ where: { hashtags: { $contains: beach.id } } })
  const byText = await db.post.count({ where: { hashtags: { $some: { text: { $like: '#s%' } } } } })
  print(`Posts with #beach: ${byId}; with a hashtag in s: ${byText}`)

  // A hashtag that does not exist is refused; one that is deleted leaves the posts.
  const missing = await refusal(hashtags.add('0123456789abcdef01234567'))
  await db.hashtag.delete(sunny.id)
  const after = await db.post.findById(post.id)
  print(`An unknown hashtag: ${missing}. After #sunny is gone: ${after?.hashtags.length} left.`)

  return { sunny, beach, post, loaded, added, removed, texts, updated, byId, byText, missing, after }
}

if (process.argv[1] === import.meta.filename) {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await run(db)
  await db.close()
}
