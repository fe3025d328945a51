import { expect, test } from 'vitest'
import * as friends from '../../examples/friends/main.js'
import { graph as friendsGraph } from '../../examples/friends/graph.js'
import * as hashtags from '../../examples/hashtags/main.js'
import { graph as hashtagsGraph } from '../../examples/hashtags/graph.js'
import * as husbandWife from '../../examples/husband-wife/main.js'
import { graphIn } from '../../examples/students-courses/graph.js'
import * as studentsCourses from '../../examples/students-courses/main.js'
import { graph as userPostsGraph } from '../../examples/user-posts/graph.js'
import * as userPosts from '../../examples/user-posts/main.js'
import { graph as userProfileGraph } from '../../examples/user-profile/graph.js'
import * as userProfile from '../../examples/user-profile/main.js'
import { graph as usersGroupsGraph } from '../../examples/users-groups/graph.js'
import * as usersGroups from '../../examples/users-groups/main.js'
import { graph as usersProductsGraph } from '../../examples/users-products/graph.js'
import * as usersProducts from '../../examples/users-products/main.js'
import { describeStores, testedStores } from '../helpers/stores.js'
import { newDb, silent } from './databases.js'

const names = (records: readonly { name: string }[]) => records.map(({ name }) => name)

describeStores(testedStores, ({ open }) => {
  test('user and profile', async () => {
    const seen = await userProfile.run(await newDb(userProfileGraph, open()), silent)
    expect(seen.withProfile).toMatchObject({
      name: 'John Doe',
      profile: { bio: 'Web Developer', website: 'johndoe.com', user: seen.withProfile?.id },
    })
    expect(seen.gardener).toMatchObject({ bio: 'Gardener', website: null, user: { name: 'Jane Doe' } })
    expect(seen.jane).not.toHaveProperty('password')
    expect(seen.second).toBe('KIN_ONE_TAKEN')
    expect(seen.before).toMatchObject({ name: 'John Doe' })
    expect(seen.after).toMatchObject({ name: 'Rex', owner: { name: 'Jane Doe' }, chip: { code: '276-098' } })
    expect(seen.left).toBeNull()
    expect([seen.boxers, seen.dogless]).toEqual([[{ name: 'Jane Doe' }], [{ name: 'John Doe' }]])
  })

  test('user and posts, role and users', async () => {
    const seen = await userPosts.run(await newDb(userPostsGraph, open()), silent)
    const { jane, john } = seen
    expect(seen.users).toEqual([
      { ...jane, posts: [{ title: 'My Second Post' }], $count: { posts: 2 } },
      { ...john, posts: [{ title: 'On Boats' }], $count: { posts: 1 } },
    ])
    expect(seen.first).toMatchObject({ title: 'My First Post', author: { name: 'Jane Doe' } })
    expect(seen.moved.added).toHaveLength(1)
    expect(seen.orphaned).toBe('KIN_REQUIRED_REFERENCE')
    expect(seen.both.added).toEqual([jane.id, john.id])
    expect(seen.again).toEqual({ added: [], updated: [], removed: [], unchanged: [jane.id] })
    expect(seen.removed.removed).toEqual([jane.id])
    expect(seen.rest).toEqual([{ name: 'John Doe' }])
    expect(seen.replaced).toMatchObject({ added: [jane.id], removed: [john.id] })
    expect(seen.janeNow?.title).toMatchObject({ name: 'Admin' })
    expect(seen.none).toBe(0)
  })

  test.for(['join', 'array'] as const)('students and courses, layout %s', async (layout) => {
    const seen = await studentsCourses.run(await newDb(graphIn(layout), open()), silent)
    expect(seen.student?.courses.map(({ title }) => title)).toEqual(['Math 101', 'History 101'])
    expect(names(seen.course?.students ?? [])).toEqual(['Alice', 'Bob'])
    expect(seen.joined).toMatchObject({ added: [seen.bob.id], unchanged: [seen.carol.id] })
    expect(seen.mates).toMatchObject([
      { name: 'Bob', courses: [{ title: 'History 101' }, { title: 'Math 101' }], $count: { courses: 2 } },
      {
        name: 'Carol',
        courses: [{ title: 'History 101' }, { title: 'Physics 101' }],
        $count: { courses: 2 },
      },
    ])
    expect(seen.dropped.removed).toEqual([seen.history.id])
    expect(names(seen.left)).toEqual(['Alice'])
  })

  test('users and products, with references in an embedded cart', async () => {
    const seen = await usersProducts.run(await newDb(usersProductsGraph, open()), silent)
    const { book, lamp } = seen
    expect(seen.products).toMatchObject([
      { title: 'A Book', price: '12.99', user: { name: 'Max' } },
      { title: 'A Lamp', price: '40.50', user: { name: 'Max' } },
    ])
    expect(seen.shopper?.cart.items).toEqual([
      { product: { title: 'A Book', price: '12.99' }, quantity: 2 },
      { product: { title: 'A Lamp', price: '40.50' }, quantity: 1 },
    ])
    expect(names(seen.readers)).toEqual(['Anna'])
    expect(seen.dropped.count).toBe(1)
    expect(seen.wishing?.wishes).toEqual([{ product: lamp, note: 'any colour' }])
    expect(seen.seller).toBe('KIN_RESTRICTED')
    expect(seen.gone).toMatchObject({ deleted: { product: 1 }, unlinked: 2 })
    expect(seen.emptier?.cart.items).toEqual([{ product: book.id, quantity: 2 }])
  })

  test('users and groups through a join table with columns of its own', async () => {
    const db = await newDb(usersGroupsGraph, open())
    const seen = await usersGroups.run(db, silent)
    const { ada, grace, linus, chess } = seen
    expect(seen.one?.groups).toMatchObject([
      { name: 'Chess', $link: { role: 'member', joinedAt: new Date('2021-06-01') } },
      { name: 'Rowing', $link: { role: 'admin', joinedAt: new Date('2019-03-01') } },
    ])
    expect(seen.admins).toMatchObject([
      { name: 'Chess', members: [{ name: 'Ada' }], $count: { members: 3 } },
      { name: 'Rowing', members: [{ name: 'Grace' }], $count: { members: 1 } },
    ])
    expect(seen.again).toEqual({ added: [], updated: [grace.id], removed: [], unchanged: [] })
    expect(seen.removed.removed).toEqual([chess.id])
    expect(seen.newest.map(({ user, group }) => [user?.name, group?.name])).toEqual([
      ['Grace', 'Chess'],
      ['Linus', 'Chess'],
      ['Grace', 'Rowing'],
    ])
    expect(names(seen.seniors)).toEqual(['Grace'])
    expect(await db.membership.find({ select: ['user', 'role'], where: { group: chess.id } })).toEqual([
      { user: grace.id, role: 'admin' },
      { user: linus.id, role: 'admin' },
    ])
    expect(await db.membership.exists({ where: { user: ada.id } })).toBe(false)
  })

  test('friends, a symmetric association with a payload', async () => {
    const seen = await friends.run(await newDb(friendsGraph, open()), silent)
    const since = (user: (typeof seen.users)[number]) =>
      user.friends.map(({ name, $link }) => [name, $link.friendsSince?.getUTCFullYear()])
    expect(seen.users.map((user) => [user.name, since(user)])).toEqual([
      [
        'Ann',
        [
          ['Cem', 2020],
          ['Ben', 2015],
        ],
      ],
      [
        'Ben',
        [
          ['Cem', 2020],
          ['Ann', 2015],
        ],
      ],
      [
        'Cem',
        [
          ['Ann', 2020],
          ['Ben', 2020],
        ],
      ],
    ])
    expect(seen.benByAnn?.$link.friendsSince).toEqual(new Date('2014-04-01'))
    expect(names(seen.old)).toEqual(['Ann', 'Ben'])
    expect(seen.circle).toEqual(['Ann', 'Ben', 'Dan'])
    expect(seen.oneself).toBe('KIN_VALIDATION')
    expect(seen.still).toBe(false)
  })

  test('hashtags, a one-sided list', async () => {
    const seen = await hashtags.run(await newDb(hashtagsGraph, open()), silent)
    const { sunny, beach } = seen
    expect(seen.post.hashtags).toEqual([beach.id, sunny.id])
    expect(seen.loaded).toMatchObject({ user: { name: 'Mia' }, hashtags: [beach, sunny] })
    expect(seen.added).toMatchObject({ unchanged: [sunny.id] })
    expect(seen.added.added).toHaveLength(1)
    expect(seen.removed.removed).toEqual([beach.id])
    expect(seen.texts).toEqual(['#sunny', '#waves'])
    expect(seen.updated.hashtags).toEqual([sunny, beach])
    expect([seen.byId, seen.byText]).toEqual([1, 1])
    expect(seen.missing).toBe('KIN_TARGET_NOT_FOUND')
    expect(seen.after?.hashtags).toEqual([beach.id])
  })

  test('husband and wife, every tie', async () => {
    const seen = await husbandWife.run((graph) => newDb(graph, open()), silent)
    expect(seen.outcomes).toEqual({
      'strong, husband deleted': 'gone for good',
      'soft, husband deleted': 'soft-deleted too',
      'weak, husband deleted': 'stays, without a husband',
      'dirty, husband deleted': 'stays, and still names him',
      'restrict, husband deleted': 'refused',
      'strong, wife deleted': 'gone for good',
      'soft, wife deleted': 'soft-deleted too',
      'no tie, wife deleted': 'stays',
    })
    expect(seen.loaded).toMatchObject({ name: 'Mark', wife: { name: 'Stephanie' } })
  })
})
