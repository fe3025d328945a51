import { connect, type Db } from 'kinship'
import { sqlite } from 'kinship/sqlite'
import { graph } from './graph.js'

export async function run(db: Db<typeof graph>, print: (line: string) => void = console.log) {
  const alice = await db.student.create({ name: 'Alice' })
  const bob = await db.student.create({ name: 'Bob' })
  const maths = await db.course.create({ title: 'Math 101' })
  const history = await db.course.create({ title: 'History 101' })

  // Assigning: from one end only, by record or by id; the other end is the same fact.
  await db.student.at(alice.id).courses.add([maths, history])
  await db.student.at(bob.id).courses.add(maths.id)

  // Loading, from both ends.
  const student = await db.student.findById(alice.id, { populate: { courses: true } })
  const course = await db.course.findById(maths.id, { populate: { students: true } })
  print(`${student?.name} takes ${student?.courses.map(({ title }) => title).join(' and ')}.`)
  print(`${course?.title} is taken by ${course?.students.map(({ name }) => name).join(' and ')}.`)

  // From the other end, and nested: what has no id yet is created.
  const carol = await db.student.create({ name: 'Carol', courses: [history, { title: 'Physics 101' }] })
  const joined = await db.course.at(history.id).students.add([bob, carol])
  print(`Joined history: ${joined.added.length} new, ${joined.unchanged.length} there already.`)

  // Deep and filtered: who could Alice study with?
  const mates = await db.student.find({
    where: { courses: { $some: { students: { $some: { name: 'Alice' } } } }, name: { $ne: 'Alice' } },
    populate: { courses: { orderBy: { title: 'asc' }, select: ['title'] } },
    count: { courses: true },
  })
  for (const mate of mates)
    print(`${mate.name} takes ${mate.$count.courses}: ${mate.courses.map(({ title }) => title).join(', ')}`)

  // Giving up one course, and all of them.
  const dropped = await db.student.at(alice.id).courses.remove(history)
  await db.course.at(maths.id).students.clear()
  const left = await db.student.find({ where: { courses: { $size: 0 } }, select: ['name'] })
  print(`Without a course in the end: ${left.map(({ name }) => name).join()}`)

  return { student, course, joined, mates, dropped, left, history, bob, carol }
}

if (process.argv[1] === import.meta.filename) {
  const db = await connect(graph, sqlite(':memory:'))
  await db.sync()
  await run(db)
  await db.close()
}
