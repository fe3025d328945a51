import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { graph } from './graph.js'

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  const [ada, grace, linus] = await db.user.createMany([
    { name: 'Ada', email: 'ada@example.com' },
    { name: 'Grace', email: 'grace@example.com' },
    { name: 'Linus', email: 'linus@example.com' },
  ])
  if (!ada || !grace || !linus) throw new Error('createMany returns what it created')

  // Assigning: with fields of the membership beside a target (`$link`), or as a second argument for all of them.
  const chess = await db.group.create({
    name: 'Chess',
    members: [{ id: ada.id, $link: { role: 'admin', joinedAt: new Date('2020-01-01') } }],
  })
  await db.group.at(chess.id).members.add([grace, linus], { joinedAt: new Date('2021-06-01') })
  const rowing = await db.group.create({ name: 'Rowing' })
  await db.user.at(grace.id).groups.add(rowing, { role: 'admin', joinedAt: new Date('2019-03-01') })

  // Loading: every entry of the list carries its membership.
  const one = await db.user.findById(grace.id, { populate: { groups: { orderBy: { name: 'asc' } } } })
  for (const { name, $link } of one?.groups ?? [])
    print(`Grace is ${$link.role} of ${name} since ${$link.joinedAt.getUTCFullYear()}.`)
  const admins = await db.group.find({
    populate: { members: { where: { $link: { role: 'admin' } }, select: ['name'] } },
    count: { members: true },
    orderBy: { members: { $size: 'desc' } },
  })
  for (const group of admins)
    print(`${group.name}: ${group.$count.members} members, run by ${group.members[0]?.name}`)

  // Changing a pair. Adding it again merges what is given; a second membership it does not make.
  await db.group.at(chess.id).members.update(linus, { role: 'admin' })
  const again = await db.group.at(chess.id).members.add(grace, { role: 'admin' })
  const removed = await db.user.at(ada.id).groups.remove(chess)

  // The memberships are records, too.
  const newest = await db.membership.find({
    where: { role: 'admin' },
    orderBy: { joinedAt: 'desc' },
    populate: { user: { select: ['name'] }, group: { select: ['name'] } },
  })
  print(`Admins: ${newest.map(({ user, group }) => `${user?.name} of ${group?.name}`).join(', ')}`)
  const seniors = await db.user.find({
    where: { groups: { $some: { name: 'Rowing', $link: { joinedAt: { $lt: new Date('2020-01-01') } } } } },
    select: ['name'],
  })
  print(`Rowing since before 2020: ${seniors.map(({ name }) => name).join()}`)

  return { ada, grace, linus, chess, rowing, one, admins, again, removed, newest, seniors }
}

if (process.argv[1] === import.meta.filename) {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await run(db)
  await db.close()
}
