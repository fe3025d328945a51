/** R12 to R16: pairs of every kind, written with the records at their ends. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase, Harness } from './conformance-case.js'
import { refused } from './refused.js'

const names = (records: readonly { readonly name: string }[]): string =>
  records.map(({ name }) => name).join('')
const listLayouts = ['join', 'array', 'mirror'] as const

const school = ({ many: layout }: Pick<Harness, 'many'>) =>
  defineGraph({
    pupil: k.model({ name: k.string() }),
    course: k.model({
      name: k.string(),
      pupils: k.many('pupil', { inverse: 'courses', layout, payload: { mark: k.integer().optional() } }),
      books: k.many('book', {
        inverse: 'usedIn',
        layout,
        ordered: true,
        payload: { copies: k.integer().default(1) },
      }),
    }),
    book: k.model({ name: k.string() }),
  })

export const pairCases: readonly ConformanceCase[] = [
  {
    rule: 'R12',
    title: 'nested data creates and connects at either end, all or nothing',
    layouts: listLayouts,
    async run({ open, many }) {
      const db = await open(school({ many }))
      const { id: ann } = await db.pupil.create({ name: 'a' })
      const course = await db.course.create(
        { name: 'x', pupils: [ann, { name: 'b', $link: { mark: 2 } }], books: [{ name: 'k' }] },
        { populate: { pupils: true, books: true } },
      )
      assert.deepEqual(
        course.pupils.map(({ name, $link }) => [name, $link.mark]),
        [
          ['a', null],
          ['b', 2],
        ],
      )
      assert.deepEqual(
        course.books.map(({ name, $link }) => [name, $link.copies]),
        [['k', 1]],
      )
      await db.pupil.create({
        name: 'c',
        courses: [course.id, { $create: { name: 'y' }, $link: { mark: 1 } }],
      })
      assert.equal(names(await db.course.at(course.id).pupils.list()), 'abc')
      const broken = db.pupil.create({ name: 'd', courses: [{ name: 'z' }, 'f'.repeat(24)] })
      await refused('KIN_TARGET_NOT_FOUND', broken)
      assert.deepEqual([await db.pupil.count(), await db.course.count()], [3, 2])
    },
  },
  {
    rule: 'R12',
    title: 'in update a list given replaces the whole, at either end',
    layouts: listLayouts,
    async run({ open, many }) {
      const db = await open(school({ many }))
      const course = await db.course.create({ name: 'x', pupils: [{ name: 'a' }, { name: 'b' }] })
      const [a] = await db.pupil.find()
      await db.course.update(course.id, { pupils: [{ name: 'c' }, a!.id] })
      assert.equal(names(await db.course.at(course.id).pupils.list()), 'ac')
      await db.pupil.update(a!.id, { courses: [] })
      assert.equal(names(await db.course.at(course.id).pupils.list()), 'c')
      await db.course.update(course.id, { name: 'y' })
      assert.equal(await db.course.at(course.id).pupils.count(), 1)
    },
  },
  {
    rule: 'R13',
    title: 'a payload is filtered and ordered by, in an ordered list too',
    layouts: listLayouts,
    async run({ open, many }) {
      const db = await open(school({ many }))
      const { id } = await db.course.create({
        name: 'x',
        books: [{ name: 'a', $link: { copies: 2 } }, { name: 'b', $link: { copies: 3 } }, { name: 'c' }],
      })
      const { books } = db.course.at(id)
      assert.equal(names(await books.list({ orderBy: { $link: { copies: 'desc' } } })), 'bac')
      assert.equal(
        names(await books.list({ where: { $link: { copies: { $gt: 1 } }, name: { $ne: 'b' } } })),
        'a',
      )
      const [a] = await books.list({ limit: 1 })
      await books.update(a!.id, { copies: 9 })
      assert.equal(await db.course.count({ where: { books: { $some: { $link: { copies: 9 } } } } }), 1)
      assert.equal(names(await books.list()), 'abc')
    },
  },
  {
    rule: 'R13',
    title: 'a pair may be a record of a model of its own',
    layouts: ['join'],
    async run({ open }) {
      const db = await open(
        defineGraph({
          user: k.model({ name: k.string() }),
          group: k.model({
            name: k.string(),
            members: k.many('user', { inverse: 'groups', through: 'membership' }),
          }),
          membership: k.model({
            user: k.one('user'),
            group: k.one('group'),
            role: k.string().default('guest'),
          }),
        }),
      )
      const { id: user } = await db.user.create({ name: 'a' })
      const { id: group } = await db.group.create({ name: 'g', members: [user] })
      assert.deepEqual((await db.user.at(user).groups.add(group, { role: 'chair' })).updated, [group])
      const rows = await db.membership.find({ omit: ['id'] })
      assert.deepEqual(rows, [{ user, group, role: 'chair' }])
      await db.group.at(group).members.clear()
      assert.equal(await db.membership.count(), 0)
    },
  },
  {
    rule: 'R14',
    title: 'nested data moves what is many-one and fills in the reference back',
    layouts: ['reference', 'mirror'],
    async run({ open, one: layout }) {
      const user = k.model({ name: k.string() })
      const post = k.model({ name: k.string(), author: k.one('user', { inverse: 'posts', layout }) })
      const db = await open(defineGraph({ user, post }))
      const ann = await db.user.create({ name: 'a', posts: [{ name: 'p' }, { name: 'q' }] })
      const [p] = await db.post.find()
      const bob = await db.user.create({ name: 'b', posts: [p!.id] }, { populate: { posts: true } })
      assert.deepEqual(bob.posts, [{ ...p, author: bob.id }])
      assert.equal(names(await db.user.at(ann.id).posts.list()), 'q')
      await refused('KIN_REQUIRED_REFERENCE', db.user.update(bob.id, { posts: [] } as never))
      const made = await db.post.create({ name: 'r', author: { name: 'c' } }, { populate: { author: true } })
      assert.equal(made.author?.name, 'c')
    },
  },
]
