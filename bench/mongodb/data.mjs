// A small data set (the test server's `$in` costs the square of its list), its parameters, and what writes leave behind.
import { MongoClient, ObjectId } from 'mongodb';
import { rng, text } from '../lib/data.mjs';

export const DIMS = { users: 100, posts: 500, comments: 1500, groups: 10, emptyGroups: 5, tags: 20, links: 400 };

/** ids are ObjectIds, numbered, so that every peer has them as its users do */
export const oid = (n) => ObjectId.createFromHexString(n.toString(16).padStart(24, '0'));
export const hex = (n) => n.toString(16).padStart(24, '0');

/** results with numbers for the ids that were seeded, whatever a peer's ids are */
export function numbered(value) {
  if (value instanceof ObjectId || value?._bsontype === 'ObjectId') return numbered(value.toHexString());
  if (typeof value === 'string') return /^0{8}[0-9a-f]{16}$/.test(value) ? parseInt(value, 16) : value;
  if (Array.isArray(value)) return value.map(numbered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, numbered(v)]));
}

function rows() {
  const r = rng(42), d = DIMS, seq = (n, f) => Array.from({ length: n }, (_, i) => f(i + 1));
  const some = (n, max) => [...new Set(seq(n, () => r.int(1, max)))];
  const pairs = new Set();
  while (pairs.size < d.links) pairs.add(`${r.int(1, d.groups)} ${r.int(1, d.users)}`);
  return {
    users: seq(d.users, (i) => ({ _id: oid(i), name: `User ${i % 17}`, email: `user${i}@example.com` })),
    profiles: seq(d.users, (i) => ({ _id: oid(i), user_id: oid(i), bio: text(r, 60) })),
    posts: seq(d.posts, (i) => ({ _id: oid(i), user_id: oid(r.int(1, d.users)), title: text(r, 30), body: text(r, 200), tags: some(3, d.tags).map(oid) })),
    comments: seq(d.comments, (i) => ({ _id: oid(i), post_id: oid(r.int(1, d.posts)), author_id: oid(r.int(1, d.users)), body: text(r, 60) })),
    groups: seq(d.groups + d.emptyGroups, (i) => ({ _id: oid(i), name: `Group ${i}` })),
    user_groups: [...pairs].map((pair, i) => {
      const [group, user] = pair.split(' ').map(Number);
      return { _id: oid(i + 1), group_id: oid(group), user_id: oid(user), joined_at: new Date(Date.UTC(2020, 0, 1 + i)).toISOString(), role: r.pick(['member', 'admin']) };
    }),
    tags: seq(d.tags, (i) => ({ _id: oid(i), name: `tag${i}` })),
  };
}

/** the indexes are those that kinship's sync makes, for all peers */
export async function openSeeded(url, database) {
  const client = await new MongoClient(url).connect(), db = client.db(database);
  await db.dropDatabase();
  for (const [name, documents] of Object.entries(rows())) {
    await db.collection(name).insertMany(documents);
  }
  return { client, db };
}

export function params(id, seed) {
  const d = DIMS, r = rng(seed * 7919 + 1), page = (limit, max = d.users) => () => ({ after: r.int(0, max - limit), limit });
  return {
    R1: () => ({ id: r.int(1, d.users) }), R2: page(10), R3: page(5), R4: page(10), R5: page(3, d.groups), R6: page(10), R8: page(40),
    R7: () => ({ tag: `tag${r.int(1, d.tags)}`, limit: 10 }),
    W1: () => ({ name: 'New User', email: `new${r.int(1, 1e9)}@example.com`, bio: text(r, 60), posts: [1, 2, 3].map(() => ({ title: text(r, 30), body: text(r, 200) })) }),
    W2: () => ({ group: d.groups + r.int(1, d.emptyGroups), links: Array.from({ length: 20 }, (_, i) => ({ user: i * 4 + 1, joined_at: '2024-01-02T03:04:05.000Z', role: i % 10 ? 'member' : 'admin' })) }),
  }[id];
}

const VICTIM = 1_000_000;
/** users with everything that goes along with them, for W3 */
export async function makeVictims(db, n) {
  const made = Array.from({ length: n }, (_, i) => VICTIM + i);
  await db.collection('users').insertMany(made.map((i) => ({ _id: oid(i), name: 'Victim', email: `v${i}@example.com` })));
  await db.collection('profiles').insertMany(made.map((i) => ({ _id: oid(i), user_id: oid(i), bio: 'bio' })));
  const posts = made.flatMap((i) => [0, 1, 2].map((k) => ({ _id: oid(i * 10 + k), user_id: oid(i), title: 't', body: 'b', tags: [oid(1 + k)] })));
  await db.collection('posts').insertMany(posts);
  await db.collection('comments').insertMany(posts.flatMap(({ _id }) => [3, 4].map((author) => ({ post_id: _id, author_id: oid(author), body: 'c' }))));
  await db.collection('user_groups').insertMany(made.flatMap((i) => [1, 2].map((group) => ({ group_id: oid(group), user_id: oid(i), joined_at: '2024', role: 'member' }))));
  return made.map((id) => ({ id }));
}

const added = { _id: { $gt: oid(900_000) } };
/** what writes left, without the ids that peers drew */
export async function fingerprint(db) {
  const all = (name, filter = {}) => db.collection(name).find(filter).toArray();
  const users = await all('users', added), by = new Map(users.map((u) => [String(u._id), u.email]));
  const owner = ({ user_id }) => by.get(String(user_id)) ?? String(user_id);
  const sorted = (list) => list.map((x) => JSON.stringify(x)).sort();
  const counts = {};
  for (const name of Object.keys(rows())) counts[name] = (await all(name)).length;
  return {
    counts,
    users: sorted(users.map(({ name, email }) => ({ name, email }))),
    profiles: sorted((await all('profiles', added)).map((p) => ({ owner: owner(p), bio: p.bio }))),
    posts: sorted((await all('posts', added)).map((p) => ({ owner: owner(p), title: p.title, body: p.body, tags: p.tags ?? [] }))),
    links: sorted((await all('user_groups', { group_id: { $gt: oid(DIMS.groups) } })).map(({ _id, ...l }) => l)),
  };
}

export async function cleanUp(db) {
  for (const name of ['users', 'profiles', 'posts']) await db.collection(name).deleteMany(added);
  await db.collection('comments').deleteMany({ post_id: { $gt: oid(900_000) } });
  await db.collection('user_groups').deleteMany({ $or: [{ group_id: { $gt: oid(DIMS.groups) } }, { user_id: { $gt: oid(900_000) } }] });
}
