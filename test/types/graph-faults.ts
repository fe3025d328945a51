import { defineGraph, k } from 'kinship'

const user = k.model({ name: k.string() }, { softDelete: true })
const post = k.model({ title: k.string(), author: k.one('user', { inverse: 'posts' }) })

// Each fault is reported at the model that has it.
const lost = k.model({ by: k.one('usr') })
// @ts-expect-error -- lost.by: there is no model 'usr'
defineGraph({ user, lost })

const lostList = k.model({ all: k.many('usr') })
// @ts-expect-error -- lostList.all: there is no model 'usr'
defineGraph({ user, lostList })

const lostInside = k.model({ rows: k.array(k.object({ by: k.one('usr') })) })
// @ts-expect-error -- lostInside.rows.by: there is no model 'usr'
defineGraph({ user, lostInside })

const lostThrough = k.model({ all: k.many('user', { inverse: 'x', through: 'nothing' }) })
// @ts-expect-error -- lostThrough.all: there is no model 'nothing' to go through
defineGraph({ user, lostThrough })

const colliding = k.model({ by: k.one('user', { inverse: 'name' }) })
// @ts-expect-error -- colliding.by: its inverse 'name' is the name of a field of 'user'
defineGraph({ user, colliding })

const collidingId = k.model({ by: k.one('user', { inverse: 'id' }) })
// @ts-expect-error -- every model has an id
defineGraph({ user, collidingId })

const collidingSystem = k.model({ by: k.one('user', { inverse: 'deletedAt' }) })
// @ts-expect-error -- softDelete adds deletedAt
defineGraph({ user, collidingSystem })

const twice = k.model({ by: k.one('user', { inverse: 'x' }), also: k.one('user', { inverse: 'x' }) })
// @ts-expect-error -- two associations have the inverse 'x' on 'user'
defineGraph({ user, twice })

const another = k.model({ by: k.many('user', { inverse: 'posts' }) })
defineGraph({
  user,
  // @ts-expect-error -- post.author: another association has the inverse 'posts' on 'user' too
  post,
  // @ts-expect-error -- another.by: the same
  another,
})

const plain = k.model({ a: k.string() })
// @ts-expect-error -- `db.sync` is the database's own
defineGraph({ sync: plain })

// @ts-expect-error -- models are made by k.model
defineGraph({ user, other: {} })

// A model may be its own target, and a name may be the inverse on several targets.
defineGraph({
  user,
  post,
  comment: k.model({
    post: k.one('post', { inverse: 'comments' }),
    by: k.one('user', { inverse: 'comments' }),
    answers: k.one('comment', { inverse: 'answered' }).optional(),
  }),
})
