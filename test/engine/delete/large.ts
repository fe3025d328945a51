/** Three levels of dependants below one user, as many as are asked for, filled in without kinship. */
import { defineGraph, k } from '../../../src/index.js'

const soft = { softDelete: true } as const

export const large = defineGraph({
  user: k.model({ name: k.string() }, soft),
  post: k.model({ author: k.one('user', { onDelete: 'soft' }) }, soft),
  comment: k.model({ post: k.one('post', { onDelete: 'soft' }) }, soft),
  like: k.model({ comment: k.one('comment', { onDelete: 'soft' }) }, soft),
  note: k.model({ user: k.one('user', { onDelete: 'weak' }).optional() }),
})

export interface Size {
  readonly posts: number
  readonly comments: number
  readonly likes: number
}

const digits = (first: string, number: string): string => `'${first}' || printf('%023x', ${number})`
export const ROOT = `a${'0'.repeat(23)}`

/** @param native the handle of an SQLite driver */
export function fillLarge(native: unknown, { posts, comments, likes }: Size): void {
  const database = native as { exec(sql: string): unknown }
  const numbers = (count: number): string =>
    `with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${count - 1})`
  for (const statement of [
    `insert into user (id, name) values ('${ROOT}', 'U')`,
    `${numbers(posts)} insert into post (id, author) select ${digits('b', 'n')}, '${ROOT}' from numbers`,
    `${numbers(comments)} insert into comment (id, post)
      select ${digits('c', 'n')}, ${digits('b', `n % ${posts}`)} from numbers`,
    `${numbers(likes)} insert into like (id, comment)
      select ${digits('d', 'n')}, ${digits('c', `n % ${comments}`)} from numbers`,
  ]) {
    database.exec(statement)
  }
}
