import { describe, expect, it } from 'vitest'
import { narrow } from '../../src/plan/scopes.js'
import { unrestricted } from '../../src/plan/visibility.js'
import { id, library } from './graphs.js'
import { whereText } from './support.js'

const text = (where: unknown): string => whereText(library, 'book', where)

const live = 'deletedAt null'

describe('values', () => {
  it.each([
    [{ title: 'a' }, 'title eq "a"'],
    [{ title: { $eq: 'a' } }, 'title eq "a"'],
    [{ pages: null }, 'pages null'],
    [{ pages: { $exists: true } }, 'not pages null'],
    [{ pages: { $exists: false } }, 'pages null'],
    [{ pages: { $gt: 1, $lte: 5 } }, 'all(pages gt 1, pages lte 5)'],
    [{ title: { $like: 'a%' } }, 'title like "a%"'],
    [{ title: { $ilike: 'a%' } }, 'title ilike "a%"'],
    [{ price: { $gte: '1.5' } }, 'price gte "1.50"'],
    [{ state: 'new' }, 'state eq "new"'],
    [{ id: id(10).toUpperCase() }, `id eq "${id(10)}"`],
    [{ title: {} }, 'all()'],
    [{ title: 'a', pages: 1 }, 'all(title eq "a", pages eq 1)'],
    [{ title: undefined }, 'all()'],
  ])('%j', (where, expected) => {
    expect(text(where)).toBe(expected)
  })
})

describe('R2: logic is two-valued, with negation at the leaves', () => {
  it.each([
    [{ pages: { $ne: 1 } }, 'not pages eq 1'],
    [{ pages: { $ne: null } }, 'not pages null'],
    [{ pages: { $in: [1, 2] } }, 'pages in [1,2]'],
    [{ pages: { $in: [1, null] } }, 'any(pages in [1], pages null)'],
    [{ pages: { $nin: [1, null] } }, 'all(not pages in [1], not pages null)'],
    [{ pages: { $in: [] } }, 'pages in []'],
    [{ pages: { $not: { $gt: 1, $lt: 5 } } }, 'any(not pages gt 1, not pages lt 5)'],
    [{ pages: { $not: { $not: { $gt: 1 } } } }, 'pages gt 1'],
    [{ pages: { $not: 3 } }, 'not pages eq 3'],
    [{ $not: { title: 'a', pages: 1 } }, 'any(not title eq "a", not pages eq 1)'],
    [{ $not: { $or: [{ title: 'a' }, { pages: 1 }] } }, 'all(not title eq "a", not pages eq 1)'],
    [{ $not: { $and: [{ title: 'a' }, { $not: { pages: 1 } }] } }, 'any(not title eq "a", pages eq 1)'],
    [{ $or: [] }, 'any()'],
    [{ $and: [] }, 'all()'],
    [{ $not: { $or: [] } }, 'all()'],
    [{ $or: [{ title: 'a' }, {}] }, 'all()'],
    [{ $and: [{ title: 'a' }, { $or: [] }] }, 'any()'],
  ])('%j', (where, expected) => {
    expect(text(where)).toBe(expected)
  })
})

describe('to-one ends', () => {
  it.each([
    [{ author: id(1) }, `author eq "${id(1)}"`],
    [{ author: null }, 'author null'],
    [{ author: { $ne: id(1) } }, `not author eq "${id(1)}"`],
    [{ author: { $in: [id(1), null] } }, `any(author in ["${id(1)}"], author null)`],
    [{ author: { $exists: true } }, 'not author null'],
    [{ author: { name: 'a' } }, `author{${live} | name eq "a"}`],
    [{ author: {} }, `author{${live} | all()}`],
    [{ author: { $not: id(1) } }, `not author eq "${id(1)}"`],
    [{ author: { $or: [{ name: 'a' }, { name: 'b' }] } }, `author{${live} | any(name eq "a", name eq "b")}`],
    [{ author: { $ne: id(1), name: 'a' } }, `all(not author eq "${id(1)}", author{${live} | name eq "a"})`],
  ])('%j', (where, expected) => {
    expect(text(where)).toBe(expected)
  })

  it('R2: $not around a filter of a to-one is the complement of the whole', () => {
    expect(text({ $not: { author: { name: 'a', pen: 'b' } } })).toBe(
      `not author{${live} | all(name eq "a", pen eq "b")}`,
    )
  })

  it('$not inside a filter of the target belongs to the target', () => {
    expect(text({ author: { $not: { name: 'a' } } })).toBe(`author{${live} | not name eq "a"}`)
  })

  it('an inverse end takes a filter, null or $exists', () => {
    const agent = (where: unknown): string => whereText(library, 'agent', where)
    expect(agent({ author: { name: 'a' } })).toBe(`author{${live} | name eq "a"}`)
    expect(agent({ author: null })).toBe(`not author{${live} | all()}`)
    expect(agent({ author: { $exists: true } })).toBe(`author{${live} | all()}`)
    expect(agent({ author: { $not: { $exists: true } } })).toBe(`not author{${live} | all()}`)
  })

  it('reaches through several ends', () => {
    expect(text({ author: { mentor: { agent: { name: 'x' } } } })).toBe(
      `author{${live} | mentor{${live} | agent{all() | name eq "x"}}}`,
    )
  })
})

describe('R20: to-many ends', () => {
  it.each([
    [{ tags: { $some: { text: 'a' } } }, 'tags{all() | text eq "a"}'],
    [{ tags: { $none: { text: 'a' } } }, 'not tags{all() | text eq "a"}'],
    [{ tags: { $every: { text: 'a' } } }, 'not tags{all() | not text eq "a"}'],
    [{ $not: { tags: { $every: { text: 'a' } } } }, 'tags{all() | not text eq "a"}'],
    [{ tags: { $not: { $some: {} } } }, 'not tags{all() | all()}'],
    [{ tags: { $size: 2 } }, '#tags{all()} eq 2'],
    [{ tags: { $size: { $gt: 1, $ne: 4 } } }, 'all(#tags{all()} gt 1, not #tags{all()} eq 4)'],
    [{ tags: { $contains: id(5) } }, `tags contains "${id(5)}"`],
    [{ $not: { tags: { $contains: id(5) } } }, `not tags contains "${id(5)}"`],
    [
      { lists: { $some: { name: 'l', $link: { rank: 1 } } } },
      'lists{all() | all(name eq "l", $link.rank eq 1)}',
    ],
    [{ lists: { $every: { $link: { rank: null } } } }, 'not lists{all() | not $link.rank null}'],
  ])('%j', (where, expected) => {
    expect(text(where)).toBe(expected)
  })

  it('sees live targets only', () => {
    expect(whereText(library, 'author', { books: { $some: { title: 'a' } } })).toBe(
      `books{${live} | title eq "a"}`,
    )
    expect(whereText(library, 'author', { books: { $size: 0 } })).toBe(`#books{${live}} eq 0`)
  })
})

describe('R6: embedded structures', () => {
  it.each([
    [{ origin: null }, 'origin null'],
    [{ origin: { $exists: true } }, 'not origin null'],
    [{ origin: { city: 'Rome' } }, 'origin.city eq "Rome"'],
    [
      { $not: { origin: { city: 'Rome', country: null } } },
      'any(not origin.city eq "Rome", not origin.country null)',
    ],
    [{ origin: { $or: [{ city: 'Rome' }, { city: null }] } }, 'any(origin.city eq "Rome", origin.city null)'],
    [{ origin: { country: id(3) } }, `origin.country eq "${id(3)}"`],
    [{ origin: { country: { name: 'x' } } }, 'origin.country{all() | name eq "x"}'],
    [{ notes: { $contains: 'x' } }, 'notes contains "x"'],
    [{ notes: { $size: { $gte: 2 } } }, '#notes gte 2'],
    [{ notes: { $not: { $contains: 'x' } } }, 'not notes contains "x"'],
    [{ notes: { $exists: false } }, 'notes null'],
    [
      { chapters: { $some: { name: 'a', lines: { $gt: 3 } } } },
      'some chapters(all(element.name eq "a", element.lines gt 3))',
    ],
    [{ chapters: { $every: { name: 'a' } } }, 'not some chapters(not element.name eq "a")'],
    [{ chapters: { $none: { by: id(1) } } }, `not some chapters(element.by eq "${id(1)}")`],
    [
      { chapters: { $some: { by: { name: 'x' } } } },
      `some chapters(element.chapters.by{${live} | name eq "x"})`,
    ],
    [{ chapters: { $some: { marks: { $contains: 1 } } } }, 'some chapters(element.marks contains 1)'],
    [{ readers: { $some: id(1) } }, `some readers(element eq "${id(1)}")`],
    [{ readers: { $every: { $in: [id(1)] } } }, `not some readers(not element in ["${id(1)}"])`],
    [{ readers: { $some: { name: 'x' } } }, `some readers(element.readers{${live} | name eq "x"})`],
    [{ readers: { $every: { name: 'x' } } }, `not some readers(not element.readers{${live} | name eq "x"})`],
    [{ meta: { a: 1 } }, 'meta eq {"a":1}'],
    [{ meta: {} }, 'meta eq {}'],
    [{ meta: [1, 2] }, 'meta eq [1,2]'],
    [{ meta: null }, 'meta null'],
    [{ meta: { $ne: { a: 1 } } }, 'not meta eq {"a":1}'],
    [{ meta: { $not: { a: 1 } } }, 'not meta eq {"a":1}'],
    [{ meta: { $not: { $exists: true } } }, 'meta null'],
  ])('%j', (where, expected) => {
    expect(text(where)).toBe(expected)
  })
})

describe('R35: under a caller’s scope', () => {
  const scoped = narrow(unrestricted, { author: { name: 'me' }, tag: { text: 'mine' } }, library)
  const seen = (where: unknown, model = 'book'): string => whereText(library, model, where, scoped)
  const mine = 'name eq "me"'

  it.each([
    [{ author: id(1) }, `author{${mine} | id eq "${id(1)}"}`],
    [{ author: { $ne: id(1) } }, `not author{${mine} | id eq "${id(1)}"}`],
    [{ author: null }, `not author{${mine} | all()}`],
    [{ author: { $exists: true } }, `author{${mine} | all()}`],
    [
      { author: { $in: [id(1), null] } },
      `any(author{${mine} | id in ["${id(1)}"]}, not author{${mine} | all()})`,
    ],
    [{ author: { name: 'x' } }, `author{all(${live}, ${mine}) | name eq "x"}`],
    [{ tags: { $contains: id(5) } }, `tags{text eq "mine" | id eq "${id(5)}"}`],
    [{ tags: { $size: 1 } }, '#tags{text eq "mine"} eq 1'],
    [
      { chapters: { $some: { by: id(1) } } },
      `some chapters(element.chapters.by{${mine} | id eq "${id(1)}"})`,
    ],
    [
      { readers: { $some: id(1) } },
      `some readers(all(element.readers{${mine} | all()}, element.readers{${mine} | id eq "${id(1)}"}))`,
    ],
    [{ origin: { country: id(3) } }, `origin.country eq "${id(3)}"`],
  ])('a hidden target is no target: %j', (where, expected) => {
    expect(seen(where)).toBe(expected)
  })

  it('narrows further, and both must allow', () => {
    const further = narrow(scoped, { author: { pen: 'p' } }, library)
    expect(whereText(library, 'book', { author: {} }, further)).toBe(
      `author{all(${live}, ${mine}, pen eq "p") | all()}`,
    )
    expect(further.values).toEqual(['me', 'mine', 'p'])
    expect(further.key).not.toBe(scoped.key)
  })

  it('keeps one key for scopes that differ in values only', () => {
    const other = narrow(unrestricted, { author: { name: 'you' }, tag: { text: 'yours' } }, library)
    expect(other.key).toBe(scoped.key)
  })
})
