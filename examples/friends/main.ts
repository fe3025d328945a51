import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { refusal } from '../refusal.js'
import { graph } from './graph.js'

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  const person = (name: string) =>
    db.user.create({ name, email: `${name.toLowerCase()}@example.com`, password: 'secret' })
  const ann = await person('Ann')
  const ben = await person('Ben')
  const cem = await person('Cem')
  const friendsOf = (user: { id: string }) => db.user.at(user.id).friends

  // Assigning: once, from either side, with the fields of the friendship.
  await friendsOf(ann).add(ben, { friendsSince: new Date('2015-04-01') })
  await friendsOf(cem).add([ann, ben], { friendsSince: new Date('2020-09-15') })

  // Loading: the newest friendship first, each with its date.
  const users = await db.user.find({
    populate: { friends: { orderBy: { $link: { friendsSince: 'desc' }, name: 'asc' }, select: ['name'] } },
  })
  for (const { name, friends } of users) {
    const list = friends.map((friend) => `${friend.name} (${friend.$link.friendsSince?.getUTCFullYear()})`)
    print(`${name} is friends with ${list.join(', ')}`)
  }

  // What one side changes, the other side sees.
  await friendsOf(ben).update(ann, { friendsSince: new Date('2014-04-01') })
  const [benByAnn] = await friendsOf(ann).list({ where: { name: 'Ben' } })
  print(`Ann knows Ben since ${benByAnn?.$link.friendsSince?.getUTCFullYear()}.`)
  const old = await db.user.find({
    where: { friends: { $some: { $link: { friendsSince: { $lt: new Date('2018-01-01') } } } } },
    select: ['name'],
  })
  print(`In an old friendship: ${old.map(({ name }) => name).join(', ')}`)

  // Friends of friends, at any depth.
  const dan = await person('Dan')
  await friendsOf(dan).add(cem)
  const around = await db.user.findById(dan.id, {
    populate: { friends: { populate: { friends: { select: ['name'] } }, select: ['name'] } },
  })
  const circle = around?.friends.flatMap((friend) => friend.friends.map(({ name }) => name)) ?? []
  print(`Around Dan: ${circle.join(', ')}`)

  const oneself = await refusal(friendsOf(ann).add(ann))
  await friendsOf(ben).remove(ann)
  const still = await friendsOf(ann).has(ben)
  print(`Ann befriending Ann: ${oneself}. Ben left: Ann has him as a friend: ${still}.`)

  return { users, benByAnn, old, circle, oneself, still }
}

if (process.argv[1] === import.meta.filename) {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await run(db)
  await db.close()
}
