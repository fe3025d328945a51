/** Records for the graph of shapes: small domains, many nulls, dangling ids, so that random filters meet something. */
import type { Data, Row } from './naive.js'

/** A repeatable sequence of numbers from 0 to 1. */
const sequence = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** Values of each field kind, for records and for filters alike. */
export const domain = {
  name: [
    '',
    'Ann',
    'ann',
    'Bob',
    'a%b',
    'a_b',
    'a*b',
    '[x]',
    'ab\\c',
    'Zoë',
    '\u{1D4B3}',
    '\uFFFF',
    "o'k",
    'ÄB',
  ],
  integer: [-1, 0, 1, 2, 3, 9_007_199_254_740_991],
  number: [-1.5, 0, 0.1, 0.2, 0.30000000000000004, 1e300, 5e-324],
  decimal: ['-1.50', '0.00', '0.10', '2.05', '9999.99'],
  bigDecimal: ['-1.50', '0.00', '9007199254740993.01', '9999999999999999.99'],
  bigint: [-1n, 0n, 1n, 9_007_199_254_740_993n, 9_007_199_254_740_992n],
  boolean: [true, false],
  date: [new Date(0), new Date('2024-02-29T12:34:56.789Z'), new Date('0001-01-01T00:00:00.000Z')],
  json: [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, [], {}, 'text', 0, false, { a: null }],
  binary: [Buffer.from([]), Buffer.from([0, 255]), Buffer.from('ab')],
  role: ['admin', 'guest'],
  tag: ['x', 'y', 'Z', ''],
  user: ['a', 'B', 'c', 'd', 'é', '\u{1D4B3}', '\uFFFF', 'g'],
  country: ['at', 'de', 'it'],
  post: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  hashtag: ['h1', 'h2', 'h3', 'h4'],
  product: ['p1', 'p2', 'p3', 'p4'],
  gone: ['gone'],
} as const

export const makeData = (seed: number): Data => {
  const random = sequence(seed)
  const chance = (share: number) => random() < share
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const maybe = <T>(from: readonly T[], share = 0.75): T | null => (chance(share) ? pick(from) : null)
  const some = <T>(from: readonly T[], share = 0.35): T[] => from.filter(() => chance(share))
  const shuffled = <T>(from: readonly T[]): T[] =>
    from
      .map((value) => ({ value, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ value }) => value)
  const deleted = () => (chance(0.25) ? pick(domain.date) : null)
  const userOrGone = [...domain.user, ...domain.gone]
  const productOrGone = [...domain.product, ...domain.gone]

  const user = domain.user.map((id): Row => ({
    id,
    name: maybe(domain.name),
    age: maybe(domain.integer),
    score: maybe(domain.number),
    balance: maybe(domain.bigDecimal),
    price: maybe(domain.decimal),
    views: maybe(domain.bigint),
    active: maybe(domain.boolean),
    born: maybe(domain.date),
    settings: maybe(domain.json),
    avatar: maybe(domain.binary),
    role: maybe(domain.role),
    notes: maybe(domain.name),
    tags: chance(0.8) ? some(domain.tag) : null,
    marks: chance(0.8) ? some(domain.number) : null,
    address: chance(0.8)
      ? {
          city: maybe(domain.name),
          floor: maybe(domain.integer),
          rent: maybe(domain.decimal),
          ratio: maybe(domain.number),
          since: maybe(domain.date),
          owned: maybe(domain.boolean),
          country: maybe([...domain.country, 'gone']),
        }
      : null,
    mentor: maybe(userOrGone, 0.6),
    deletedAt: deleted(),
    deletedBy: null,
  }))
  const free = shuffled(domain.user)
  const pairsOf = <A, B>(holders: readonly A[], targets: readonly B[]) =>
    holders.flatMap((holder) =>
      shuffled(some(targets)).map((target, position) => ({ holder, target, position })),
    )

  const post = domain.post.map((id): Row => ({
    id,
    title: maybe(domain.name),
    stars: maybe(domain.integer),
    author: maybe(userOrGone),
    hashtags: chance(0.9) ? shuffled(some([...domain.hashtag, 'gone'], 0.5)) : null,
    deletedAt: deleted(),
    deletedBy: null,
  }))
  return new Map<string, readonly Row[]>([
    ['user', user],
    ['country', domain.country.map((id) => ({ id, name: pick(domain.name) }))],
    [
      'profile',
      free
        .slice(0, 5)
        .map((of, at) => ({ id: `f${at}`, bio: maybe(domain.name), user: chance(0.8) ? of : null })),
    ],
    ['post', post],
    ['hashtag', domain.hashtag.map((id) => ({ id, text: pick(domain.name) }))],
    ['group', ['g1', 'g2', 'g3'].map((id) => ({ id, name: pick(domain.name) }))],
    [
      'team',
      ['t1', 't2', 't3'].map((id) => ({
        id,
        name: pick(domain.name),
        players: shuffled(some(userOrGone)).map((player) => ({
          id: player,
          shirt: maybe(domain.integer),
          fee: maybe(domain.decimal),
          from: maybe(domain.date),
        })),
      })),
    ],
    [
      'club',
      ['c1', 'c2', 'c3'].map((id) => ({
        id,
        name: pick(domain.name),
        fans: chance(0.8) ? shuffled(some(userOrGone)) : null,
      })),
    ],
    ['course', ['k1', 'k2'].map((id) => ({ id, name: pick(domain.name) }))],
    [
      'enrolment',
      pairsOf(['k1', 'k2'], userOrGone).map(({ holder, target }, at) => ({
        id: `e${at}`,
        course: holder,
        student: target,
        grade: maybe(domain.integer),
      })),
    ],
    [
      'product',
      domain.product.map((id) => ({ id, title: maybe(domain.name), stock: maybe(domain.integer) })),
    ],
    [
      'cart',
      ['w1', 'w2', 'w3', 'w4'].map((id) => ({
        id,
        items: chance(0.85)
          ? Array.from({ length: Math.floor(random() * 4) }, () => ({
              product: maybe(productOrGone),
              quantity: maybe(domain.integer),
              gift: maybe(domain.boolean),
              labels: chance(0.7) ? some(domain.tag) : null,
            }))
          : null,
        wishes: chance(0.85)
          ? Array.from({ length: Math.floor(random() * 4) }, () => pick(productOrGone))
          : null,
      })),
    ],
    [
      'user.friends',
      domain.user.flatMap((one, at) =>
        some(domain.user.slice(at + 1)).map((other) => ({
          user: one,
          friends: other,
          since: maybe(domain.integer),
        })),
      ),
    ],
    [
      'user.follows',
      pairsOf(domain.user, userOrGone).map(({ holder, target }) => ({ followers: holder, follows: target })),
    ],
    [
      'post.reviewers',
      pairsOf(domain.post, userOrGone).map(({ holder, target, position }) => ({
        post: holder,
        user: target,
        position,
      })),
    ],
    [
      'group.members',
      pairsOf(['g1', 'g2', 'g3'], userOrGone).map(({ holder, target }) => ({
        group: holder,
        user: target,
        joinedAt: maybe(domain.date),
        role: maybe(domain.role),
      })),
    ],
  ])
}
