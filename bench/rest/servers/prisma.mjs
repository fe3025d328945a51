import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { createRequire } from 'node:module';
import { PRAGMAS } from '../../lib/db.mjs';
import { paths, served } from './express.mjs';

export default {
  ...paths,
  async start(file) {
    const { PrismaClient } = createRequire(import.meta.url)('../../generated/sqlite/index.js');
    const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
    for (const pragma of PRAGMAS) await db.$queryRawUnsafe(`pragma ${pragma}`);
    return served(
      async (after) => {
        const posts = await db.posts.findMany({
          where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: 20, omit: { user_id: true },
          include: { user: true, tags: { select: { tag: true }, orderBy: { tag_id: 'asc' } } },
        });
        return { docs: posts.map((post) => ({ ...post, tags: post.tags.map(({ tag }) => tag) })) };
      },
      (at) => db.users.findUnique({ where: { id: at } }),
    );
  },
};
