// kinship's own routes; nothing written for this but the graph.
import { pathToFileURL } from 'node:url';
import fastify from 'fastify';

// KINSHIP_DIST: another build than ../dist
const dist = process.env.KINSHIP_DIST ? `${pathToFileURL(process.env.KINSHIP_DIST)}/` : new URL('../../../dist/', import.meta.url);
const { connect, defineGraph, k } = await import(new URL('index.js', dist));
const { sqlite } = await import(new URL('stores/sqlite/index.js', dist));
const { kinshipRest } = await import(new URL('rest/index.js', dist));

const id = k.id.integer();
const graph = defineGraph({
  user: k.model({ id, name: k.string(), email: k.string() }, { table: 'users' }),
  post: k.model({
    id, title: k.string(), body: k.text(),
    user: k.one('user', { inverse: 'posts', onDelete: 'strong' }).column('user_id'),
    tags: k.many('tag', { inverse: 'posts', table: 'post_tags', columns: { holder: 'post_id', target: 'tag_id' } }),
  }, { table: 'posts' }),
  tag: k.model({ id, name: k.string().unique() }, { table: 'tags' }),
});

export default {
  list: (after) => `/post?id[$gt]=${after}&$limit=20&$embed=user,tags&$total=false`,
  one: (at) => `/user/${at}`,
  async start(file) {
    const app = fastify();
    await app.register(kinshipRest, { db: await connect(graph, sqlite(file)), docs: false });
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
  shape: ({ docs }) => ({ docs }),
};
