// Hand-written: prepared SQL through better-sqlite3, Fastify with a response schema.
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { PRAGMAS } from '../../lib/db.mjs';

const int = { type: 'integer' }, text = { type: 'string' };
const object = (properties) => ({ type: 'object', properties });
const user = object({ id: int, name: text, email: text });
const tags = { type: 'array', items: object({ id: int, name: text }) };
const list = object({ docs: { type: 'array', items: object({ id: int, title: text, body: text, user, tags }) } });

export default {
  list: (after) => `/post?after=${after}`,
  one: (at) => `/user/${at}`,
  async start(file) {
    const db = new Database(file);
    for (const pragma of PRAGMAS) db.pragma(pragma);
    const posts = db.prepare(`select p.id, p.title, p.body, u.id as user_id, u.name, u.email
      from posts p join users u on u.id = p.user_id where p.id > ? order by p.id limit 20`);
    const tagsOf = db.prepare(`select pt.post_id, t.id, t.name from json_each(?) j
      join post_tags pt on pt.post_id = j.value join tags t on t.id = pt.tag_id order by t.id`);
    const userOf = db.prepare('select id, name, email from users where id = ?');
    const app = fastify();
    app.get('/post', { schema: { response: { 200: list } } }, async (request) => {
      const after = Number(request.query.after);
      const docs = posts.all(after).map(({ user_id, name, email, ...post }) => ({ ...post, user: { id: user_id, name, email }, tags: [] }));
      const byId = new Map(docs.map((post) => [post.id, post]));
      for (const { post_id, id, name } of tagsOf.all(JSON.stringify([...byId.keys()]))) byId.get(post_id).tags.push({ id, name });
      return { docs };
    });
    app.get('/user/:id', { schema: { response: { 200: user } } }, async (request, reply) => userOf.get(Number(request.params.id)) ?? reply.code(404).send());
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
};
