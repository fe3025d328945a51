import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { refusal } from '../refusal.js'
import { graph } from './graph.js'

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  // Assigning: the user is written once, on the profile. A whole record stands for its id.
  const john = await db.user.create({ name: 'John Doe', email: 'john@example.com', password: 'secret' })
  await db.profile.create({ bio: 'Web Developer', website: 'johndoe.com', user: john })

  // Or everything at once, in one transaction.
  const jane = await db.user.create({
    name: 'Jane Doe',
    email: 'jane@example.com',
    password: 'hidden',
    profile: { bio: 'Gardener' },
  })

  // Loading, from either end.
  const withProfile = await db.user.findById(john.id, { populate: { profile: true } })
  print(`${withProfile?.name} is a ${withProfile?.profile?.bio}, see ${withProfile?.profile?.website}.`)
  const gardener = await db.profile.findOne({ where: { bio: 'Gardener' }, populate: { user: true } })
  print(`The gardener is ${gardener?.user.name}; her password does not show: ${!('password' in jane)}.`)

  // A user has one profile.
  const second = await refusal(db.profile.create({ bio: 'Baker', user: john }))
  print(`A second profile for John: ${second}.`)

  // An optional one-one may be set from its other end, too. Setting it again moves the dog.
  const rex = await db.dog.create({ name: 'Rex', breed: 'Boxer', chip: { code: '276-098' } })
  await db.user.at(john.id).dog.set(rex)
  const before = await db.dog.at(rex.id).owner.get()
  await db.user.at(jane.id).dog.set(rex.id)
  const after = await db.dog.findById(rex.id, { populate: { owner: { select: ['name'] }, chip: true } })
  const left = await db.user.at(john.id).dog.get()
  print(`Rex (chip ${after?.chip?.code}) moved from ${before?.name} to ${after?.owner?.name}.`)

  // Filters go through the association, in both directions.
  const boxers = await db.user.find({ where: { dog: { breed: 'Boxer' } }, select: ['name'] })
  const dogless = await db.user.find({ where: { dog: null }, select: ['name'] })
  print(`With a boxer: ${boxers.map((user) => user.name).join()}; without a dog: ${dogless[0]?.name}.`)

  return { withProfile, gardener, jane, second, before, after, left, boxers, dogless }
}

if (process.argv[1] === import.meta.filename) {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await run(db)
  await db.close()
}
