// kinship, the ordinary API. KINSHIP_DIST: another build than ../../../dist
import { pathToFileURL } from 'node:url';
import { hex } from '../data.mjs';
const dist = process.env.KINSHIP_DIST ? `${pathToFileURL(process.env.KINSHIP_DIST)}/` : new URL('../../../dist/', import.meta.url);
const { connect, defineGraph, k } = await import(new URL('index.js', dist));
const { mongodb } = await import(new URL('stores/mongodb/index.js', dist));

const strong = 'strong';
const graph = defineGraph({
  user: k.model({ name: k.string(), email: k.string() }, { table: 'users' }),
  profile: k.model({ user: k.one('user', { inverse: 'profile', onDelete: strong }).unique().column('user_id'), bio: k.string() }, { table: 'profiles' }),
  post: k.model({ user: k.one('user', { inverse: 'posts', onDelete: strong }).column('user_id'), title: k.string(), body: k.text(), tags: k.many('tag', { inverse: 'posts', layout: 'array' }) }, { table: 'posts' }),
  comment: k.model({
    post: k.one('post', { inverse: 'comments', onDelete: strong }).column('post_id'), author: k.one('user', { inverse: 'comments', onDelete: strong }).column('author_id'), body: k.text(),
  }, { table: 'comments' }),
  group: k.model({ name: k.string(), members: k.many('user', { inverse: 'groups', table: 'user_groups', columns: { holder: 'group_id', target: 'user_id' }, payload: { joined_at: k.string(), role: k.string() } }) }, { table: 'groups' }),
  tag: k.model({ name: k.string().unique() }, { table: 'tags' }),
});
const post = ({ user, ...p }) => ({ ...p, user_id: user });
const profile = ({ user, ...p }) => ({ ...p, user_id: user });
const posts = (us) => us.map((u) => ({ ...u, posts: u.posts.map(post) }));

/** @param strategy what every query asks for; undefined: what the planner chooses */
export const peerWith = (name, strategy) => {
  let db;
  const page = ({ after, limit }, rest) => ({ where: { id: { $gt: hex(after) } }, limit, ...(strategy && { strategy }), ...rest });
  const withPosts = (p) => db.user.find(page(p, { populate: { posts: true } }));
  return {
    name,
    async setup({ url, database }) { db = await connect(graph, mongodb({ url, database })); await db.sync(); },
    shape: {
      R1: (u) => ({ ...u, profile: profile(u.profile) }),
      R2: posts, R6: posts, R8: posts,
      R3: (us) => us.map((u) => ({ ...u, posts: u.posts.map((p) => ({ ...post(p), comments: p.comments.map(({ post: post_id, ...c }) => ({ ...c, post_id, author_id: c.author.id })) })) })),
      R4: (us) => us.map((u) => ({ ...u, groups: u.groups.map(({ $link, ...g }) => ({ ...g, ...$link })) })),
      R5: (gs) => gs.map((g) => ({ ...g, members: g.members.map((m) => ({ ...m, profile: profile(m.profile) })) })),
      R7: (us) => us.map((u) => ({ ...u, post_count: u.$count.posts })),
    },
    R1: ({ id }) => db.user.findById(hex(id), { ...(strategy && { strategy }), populate: { profile: true } }),
    R2: withPosts, R8: withPosts,
    R3: (p) => db.user.find(page(p, { populate: { posts: { populate: { comments: { populate: { author: true } } } } } })),
    R4: (p) => db.user.find(page(p, { populate: { groups: true } })),
    R5: (p) => db.group.find(page(p, { populate: { members: { populate: { profile: true } } } })),
    R6: (p) => db.user.find(page(p, { populate: { posts: { orderBy: { id: 'desc' }, limit: 3 } } })),
    R7: ({ tag, limit }) => db.user.find({ where: { posts: { $some: { tags: { $some: { name: tag } } } } }, count: { posts: true }, limit }),
    W1: ({ name: of, email, bio, posts: given }) => db.user.create({ name: of, email, profile: { bio }, posts: given }),
    W2link: ({ group, links }) => db.group.at(hex(group)).members.add(links.map(({ user, joined_at, role }) => ({ id: hex(user), $link: { joined_at, role } }))),
    W2unlink: ({ group, links }) => db.group.at(hex(group)).members.remove(links.map(({ user }) => hex(user))),
    W3: ({ id }) => db.user.delete(hex(id)),
    close: () => db.close(),
  };
};
