// kinship, the ordinary API: the graph below, nothing prepared by the caller. KINSHIP_DIST: another build than ../dist
import { pathToFileURL } from 'node:url';
const dist = process.env.KINSHIP_DIST ? `${pathToFileURL(process.env.KINSHIP_DIST)}/` : new URL('../../dist/', import.meta.url);
const { connect, defineGraph, k } = await import(new URL('index.js', dist));
const { sqlite } = await import(new URL('stores/sqlite/index.js', dist));
const { postgres } = await import(new URL('stores/postgres/index.js', dist));

const id = k.id.integer(), strong = 'strong';
const graph = defineGraph({
  user: k.model({
    id, name: k.string(), email: k.string(),
    friends: k.many('user', { inverse: 'friendOf', table: 'friends', columns: { holder: 'user_id', target: 'friend_id' }, payload: { since: k.string() } }),
  }, { table: 'users' }),
  profile: k.model({ id, user: k.one('user', { inverse: 'profile', onDelete: strong }).unique().column('user_id'), bio: k.string() }, { table: 'profiles' }),
  post: k.model({
    id, user: k.one('user', { inverse: 'posts', onDelete: strong }).column('user_id'), title: k.string(), body: k.text(),
    tags: k.many('tag', { inverse: 'posts', table: 'post_tags', columns: { holder: 'post_id', target: 'tag_id' } }),
  }, { table: 'posts' }),
  comment: k.model({
    id, post: k.one('post', { inverse: 'comments', onDelete: strong }).column('post_id'),
    author: k.one('user', { inverse: 'comments', onDelete: strong }).column('author_id'), body: k.text(),
  }, { table: 'comments' }),
  group: k.model({
    id, name: k.string(),
    members: k.many('user', { inverse: 'groups', table: 'user_groups', columns: { holder: 'group_id', target: 'user_id' },
      payload: { joined_at: k.string(), role: k.string() } }),
  }, { table: 'groups' }),
  tag: k.model({ id, name: k.string().unique() }, { table: 'tags' }),
});

let db;
const page = ({ after, limit }, rest) => ({ where: { id: { $gt: after } }, limit, ...rest });
const withPosts = (p) => db.user.find(page(p, { populate: { posts: true } }));

// kinship calls a reference `user`, the canonical shape `user_id`; populated, the id is that of the record in its place
const post = ({ user, ...p }) => ({ ...p, user_id: user });
const profile = ({ user, ...p }) => ({ ...p, user_id: user });
const comment = ({ post: post_id, ...c }) => ({ ...c, post_id, author_id: c.author.id });
const posts = (us) => us.map((u) => ({ ...u, posts: u.posts.map(post) }));

export default {
  name: 'kinship',
  note: 'plain objects; nothing prepared by the caller; W3: ties carried out by kinship, not by the database',
  dbs: ['sqlite', 'pg'],
  async setup(cfg) { // its own pragmas are those of lib/db.mjs
    const file = cfg.driver ? { file: cfg.file, driver: cfg.driver } : cfg.file;
    db = await connect(graph, cfg.db === 'pg' ? postgres(cfg.url) : sqlite(file));
  },
  shape: {
    R1: (u) => ({ ...u, profile: profile(u.profile) }),
    R2: posts, R6: posts, R8: posts,
    R3: (us) => us.map((u) => ({ ...u, posts: u.posts.map((p) => ({ ...post(p), comments: p.comments.map(comment) })) })),
    R4: (us) => us.map((u) => ({ ...u, groups: u.groups.map(({ $link, ...g }) => ({ ...g, ...$link })) })),
    R5: (gs) => gs.map((g) => ({ ...g, members: g.members.map((m) => ({ ...m, profile: profile(m.profile) })) })),
    R7: (us) => us.map((u) => ({ ...u, post_count: u.$count.posts })),
  },
  R1: ({ id }) => db.user.findById(id, { populate: { profile: true } }),
  R2: withPosts, R8: withPosts,
  R3: (p) => db.user.find(page(p, { populate: { posts: { populate: { comments: { populate: { author: true } } } } } })),
  R4: (p) => db.user.find(page(p, { populate: { groups: true } })),
  R5: (p) => db.group.find(page(p, { populate: { members: { populate: { profile: true } } } })),
  R6: (p) => db.user.find(page(p, { populate: { posts: { orderBy: { id: 'desc' }, limit: 3 } } })),
  R7: ({ tag, limit }) => db.user.find({ where: { posts: { $some: { tags: { $some: { name: tag } } } } }, count: { posts: true }, limit }),
  W1: ({ name, email, bio, posts }) => db.user.create({ name, email, profile: { bio }, posts }),
  W2link: ({ group_id, links }) => db.group.at(group_id).members.add(links.map(({ user_id, joined_at, role }) => ({ id: user_id, $link: { joined_at, role } }))),
  W2unlink: ({ group_id, links }) => db.group.at(group_id).members.remove(links.map((l) => l.user_id)),
  W3: ({ id }) => db.user.delete(id),
  close: () => db.close(),
};
