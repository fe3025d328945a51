// The driver by hand. `batch`: one find for each level. `lookup`: one pipeline for everything.
import { MongoClient } from 'mongodb';
import { oid } from '../data.mjs';

const by = (rows, key) => {
  const map = new Map();
  for (const row of rows) {
    const k = String(row[key]);
    if (map.has(k)) map.get(k).push(row); else map.set(k, [row]);
  }
  return (id) => map.get(String(id)) ?? [];
};
const first = ({ _id, ...rest }) => ({ id: _id, ...rest });
const page = ({ after, limit }) => [{ $match: { _id: { $gt: oid(after) } } }, { $sort: { _id: 1 } }, { $limit: limit }];
const join = (from, localField, foreignField, as, pipeline) => ({ $lookup: { from, localField, foreignField, as, ...(pipeline && { pipeline }) } });
const noTags = { tags: 0 };

async function open(self, { url, database }) {
  const client = self.client = await new MongoClient(url).connect(), db = client.db(database);
  const c = Object.fromEntries(['users', 'profiles', 'posts', 'comments', 'groups', 'user_groups', 'tags'].map((name) => [name, db.collection(name)]));
  const inTransaction = (body) => client.withSession((session) => session.withTransaction(() => body(session)));
  Object.assign(self, {
    W1: ({ name, email, bio, posts }) => inTransaction(async (session) => {
      const { insertedId: user_id } = await c.users.insertOne({ name, email }, { session });
      await c.profiles.insertOne({ user_id, bio }, { session });
      await c.posts.insertMany(posts.map((p) => ({ ...p, user_id, tags: [] })), { session });
    }),
    W2link: ({ group, links }) => inTransaction((session) => c.user_groups.insertMany(links.map(({ user, ...l }) => ({ group_id: oid(group), user_id: oid(user), ...l })), { session })),
    W2unlink: ({ group, links }) => inTransaction((session) => c.user_groups.deleteMany({ group_id: oid(group), user_id: { $in: links.map(({ user }) => oid(user)) } }, { session })),
    W3: ({ id }) => inTransaction(async (session) => {
      const user_id = oid(id), posts = (await c.posts.find({ user_id }, { projection: { _id: 1 }, session }).toArray()).map((p) => p._id);
      await c.comments.deleteMany({ $or: [{ author_id: user_id }, { post_id: { $in: posts } }] }, { session });
      await c.posts.deleteMany({ user_id }, { session });
      await c.profiles.deleteMany({ user_id }, { session });
      await c.user_groups.deleteMany({ user_id }, { session });
      await c.users.deleteOne({ _id: user_id }, { session });
    }),
    close: () => client.close(),
  });
  return c;
}

const rename = (us) => us.map(first);
const shapes = {
  R1: (u) => ({ ...first(u), profile: first(u.profile) }),
  R2: (us) => us.map((u) => ({ ...first(u), posts: rename(u.posts) })),
  R3: (us) => us.map((u) => ({ ...first(u), posts: u.posts.map((p) => ({ ...first(p), comments: p.comments.map((x) => ({ ...first(x), author: first(x.author) })) })) })),
  R4: (us) => us.map((u) => ({ ...first(u), groups: rename(u.groups) })),
  R5: (gs) => gs.map((g) => ({ ...first(g), members: g.members.map((m) => ({ ...first(m), profile: first(m.profile) })) })),
  R7: rename,
};
shapes.R6 = shapes.R8 = shapes.R2;

export const batch = { name: 'driver, one find a level', shape: shapes, async setup(cfg) {
  const c = await open(this, cfg);
  const users = ({ after, limit }) => c.users.find({ _id: { $gt: oid(after) } }, { sort: { _id: 1 }, limit }).toArray();
  const ids = (rows, key = '_id') => [...new Map(rows.map((r) => [String(r[key]), r[key]])).values()];
  const posts = async (us, more) => by(await c.posts.find({ user_id: { $in: ids(us) } }, { projection: noTags, ...more }).toArray(), 'user_id');
  const R2 = async (p) => {
    const us = await users(p), of = await posts(us);
    for (const u of us) u.posts = of(u._id);
    return us;
  };
  Object.assign(this, {
    R1: async ({ id }) => {
      const u = await c.users.findOne({ _id: oid(id) });
      u.profile = await c.profiles.findOne({ user_id: u._id });
      return u;
    },
    R2, R8: R2,
    R3: async (p) => {
      const us = await R2(p), all = us.flatMap((u) => u.posts);
      const comments = await c.comments.find({ post_id: { $in: ids(all) } }).toArray();
      const author = by(await c.users.find({ _id: { $in: ids(comments, 'author_id') } }).toArray(), '_id'), of = by(comments, 'post_id');
      for (const x of comments) [x.author] = author(x.author_id);
      for (const post of all) post.comments = of(post._id);
      return us;
    },
    R4: async (p) => {
      const us = await users(p), links = await c.user_groups.find({ user_id: { $in: ids(us) } }).toArray();
      const group = by(await c.groups.find({ _id: { $in: ids(links, 'group_id') } }).toArray(), '_id'), of = by(links, 'user_id');
      for (const u of us) u.groups = of(u._id).map(({ group_id, joined_at, role }) => ({ ...group(group_id)[0], joined_at, role }));
      return us;
    },
    R5: async ({ after, limit }) => {
      const gs = await c.groups.find({ _id: { $gt: oid(after) } }, { sort: { _id: 1 }, limit }).toArray();
      const links = await c.user_groups.find({ group_id: { $in: ids(gs) } }).toArray(), members = ids(links, 'user_id');
      const user = by(await c.users.find({ _id: { $in: members } }).toArray(), '_id'), profile = by(await c.profiles.find({ user_id: { $in: members } }).toArray(), 'user_id');
      const of = by(links, 'group_id');
      for (const g of gs) g.members = of(g._id).map(({ user_id }) => ({ ...user(user_id)[0], profile: profile(user_id)[0] }));
      return gs;
    },
    R6: async (p) => {
      const us = await users(p), of = await posts(us, { sort: { _id: -1 } });
      for (const u of us) u.posts = of(u._id).slice(0, 3);
      return us;
    },
    R7: async ({ tag, limit }) => {
      const { _id } = await c.tags.findOne({ name: tag });
      const authors = await c.posts.distinct('user_id', { tags: _id });
      const us = await c.users.find({ _id: { $in: authors } }, { sort: { _id: 1 }, limit }).toArray();
      const n = new Map((await c.posts.aggregate([{ $match: { user_id: { $in: ids(us) } } }, { $group: { _id: '$user_id', n: { $sum: 1 } } }]).toArray()).map((r) => [String(r._id), r.n]));
      for (const u of us) u.post_count = n.get(String(u._id)) ?? 0;
      return us;
    },
  });
} };

export const lookup = { name: 'driver, $lookup', shape: shapes, async setup(cfg) {
  const c = await open(this, cfg);
  const all = (collection, stages) => collection.aggregate(stages).toArray();
  const withPosts = (p) => all(c.users, [...page(p), join('posts', '_id', 'user_id', 'posts', [{ $project: noTags }])]);
  const profile = [join('profiles', '_id', 'user_id', 'profile'), { $unwind: '$profile' }];
  const through = (local, foreign, target, more = []) => [
    join(target, local, '_id', 'to', more), { $unwind: '$to' },
    { $replaceRoot: { newRoot: { $mergeObjects: ['$to', { joined_at: '$joined_at', role: '$role' }] } } },
  ];
  Object.assign(this, {
    R1: async ({ id }) => (await all(c.users, [{ $match: { _id: oid(id) } }, ...profile]))[0],
    R2: withPosts, R8: withPosts,
    R3: (p) => all(c.users, [...page(p), join('posts', '_id', 'user_id', 'posts', [{ $project: noTags },
      join('comments', '_id', 'post_id', 'comments', [join('users', 'author_id', '_id', 'author'), { $unwind: '$author' }])])]),
    R4: (p) => all(c.users, [...page(p), join('user_groups', '_id', 'user_id', 'groups', through('group_id', 'user_id', 'groups'))]),
    R5: (p) => all(c.groups, [...page(p), join('user_groups', '_id', 'group_id', 'members', through('user_id', 'group_id', 'users', profile))]),
    R6: (p) => all(c.users, [...page(p), join('posts', '_id', 'user_id', 'posts', [{ $sort: { _id: -1 } }, { $limit: 3 }, { $project: noTags }])]),
    R7: ({ tag, limit }) => all(c.tags, [
      { $match: { name: tag } }, join('posts', '_id', 'tags', 'post'), { $unwind: '$post' }, { $group: { _id: '$post.user_id' } }, { $sort: { _id: 1 } }, { $limit: limit },
      join('users', '_id', '_id', 'user'), { $unwind: '$user' }, { $replaceRoot: { newRoot: '$user' } },
      join('posts', '_id', 'user_id', 'p', [{ $project: { _id: 1 } }]), { $set: { post_count: { $size: '$p' } } }, { $project: { p: 0 } }]),
  });
} };
