// How deletes grow: one user with 1,000 to 1,000,000 dependants over three levels, beside SQL by hand.
// node growth.mjs [--sizes 1000,10000,100000,1000000]; KINSHIP_DIST=path: another build than ../dist
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openSqlite } from './lib/db.mjs';

const dist = process.env.KINSHIP_DIST ?? fileURLToPath(new URL('../dist', import.meta.url));
const ROOT = 'a'.padEnd(24, '0');
// a post has ten comments, a comment one like
const levels = (n) => { const posts = Math.round(n / 21); return { post: posts, comment: posts * 10, like: n - posts * 11 }; };

async function open(file, tie, log) {
  const { connect, defineGraph, k } = await import(pathToFileURL(path.join(dist, 'index.js')));
  const { sqlite } = await import(pathToFileURL(path.join(dist, 'stores/sqlite/index.js')));
  const soft = { softDelete: tie === 'soft' };
  const graph = defineGraph({
    user: k.model({ name: k.string() }, soft),
    post: k.model({ author: k.one('user', { onDelete: tie }) }, soft),
    comment: k.model({ post: k.one('post', { onDelete: tie }) }, soft),
    like: k.model({ comment: k.one('comment', { onDelete: tie }) }, soft),
  });
  return connect(graph, sqlite(file), { log });
}

const works = {
  plan: { tie: 'strong', run: (db) => db.user.planDelete(ROOT) },
  'hard delete': { tie: 'strong', run: (db) => db.user.delete(ROOT) },
  'soft delete': { tie: 'soft', run: (db) => db.user.delete(ROOT) },
  restore: { tie: 'soft', before: (db) => db.user.delete(ROOT), run: (db) => db.user.restore(ROOT) },
  'by hand: DELETEs': { tie: 'strong', sql: [
    'delete from like where comment in (select id from comment where post in (select id from post where author = $id))',
    'delete from comment where post in (select id from post where author = $id)',
    'delete from post where author = $id', 'delete from user where id = $id'] },
  'by hand: cascade': { tie: 'strong', cascade: true, sql: ['delete from user where id = $id'] },
  'by hand: UPDATEs': { tie: 'soft', sql: [
    'update like set deletedAt = 1, deletedBy = 1 where comment in (select id from comment where post in (select id from post where author = $id))',
    'update comment set deletedAt = 1, deletedBy = 1 where post in (select id from post where author = $id)',
    'update post set deletedAt = 1, deletedBy = 1 where author = $id',
    'update user set deletedAt = 1, deletedBy = 1 where id = $id'] },
};

async function child({ work, file, n }) {
  const { tie, run, before, sql, cascade } = works[work];
  let statements = 0;
  const db = await open(file, tie, () => statements++);
  await db.sync();
  const native = openSqlite(file);
  fill(native, levels(n), cascade);
  let done;
  if (sql) {
    await db.close();
    done = async () => {
      native.exec('begin immediate');
      for (const text of sql) { native.prepare(text).run({ id: ROOT }); statements++; }
      native.exec('commit');
    };
  } else {
    native.close();
    await before?.(db);
    done = () => run(db);
  }
  globalThis.gc();
  statements = 0;
  const rss = process.memoryUsage().rss, cpu = process.cpuUsage(), t0 = performance.now();
  let peak = rss;
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 5);
  await done();
  const used = process.cpuUsage(cpu), ms = performance.now() - t0;
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage().rss);
  const left = sql ? native.prepare('select count(*) from like').pluck().get() : await db.like.count();
  process.send({ ms, cpu: (used.user + used.system) / 1000, statements, mb: (peak - rss) / 1e6, left });
  if (!sql) await db.close();
  process.exit();
}

function fill(db, counts, cascade) {
  const id = (first, number) => `'${first}' || printf('%023x', ${number})`;
  const numbers = (count) => `with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${count - 1})`;
  if (cascade) {
    db.unsafeMode(true);
    db.pragma('writable_schema = on');
    db.exec(`update sqlite_master set sql = replace(sql, 'deferrable', 'on delete cascade deferrable') where type = 'table'`);
    db.pragma('writable_schema = reset');
  }
  db.exec(`begin;
    insert into user (id, name) values ('${ROOT}', 'U');
    ${numbers(counts.post)} insert into post (id, author) select ${id('b', 'n')}, '${ROOT}' from numbers;
    ${numbers(counts.comment)} insert into comment (id, post) select ${id('c', 'n')}, ${id('b', `n % ${counts.post}`)} from numbers;
    ${numbers(counts.like)} insert into like (id, comment) select ${id('d', 'n')}, ${id('c', `n % ${counts.comment}`)} from numbers;
    commit`);
  db.pragma('wal_checkpoint(truncate)');
}

async function parent() {
  const { values: o } = parseArgs({ options: { sizes: { type: 'string', default: '1000,10000,100000,1000000' } } });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kinship-growth-'));
  console.log('| dependants | | seconds of CPU | on the clock | statements | memory, MB |\n|---:|---|---:|---:|---:|---:|');
  for (const n of o.sizes.split(',').map(Number)) {
    for (const work of Object.keys(works)) {
      const file = path.join(folder, 'growth.db');
      const env = { ...process.env, NODE_ENV: 'production', BENCH_CHILD: JSON.stringify({ work, file, n }) };
      const process_ = fork(fileURLToPath(import.meta.url), [], { env, execArgv: ['--expose-gc'] });
      const { ms, cpu, statements, mb, left } = await new Promise((resolve, reject) => {
        process_.on('message', resolve);
        process_.on('exit', (code) => reject(new Error(`${work} ended with ${code}`)));
      });
      const stays = ['plan', 'restore', 'by hand: UPDATEs'].includes(work) ? levels(n).like : 0;
      if (left !== stays) throw new Error(`${work}: ${left} likes are left, not ${stays}`);
      const seconds = (value) => (value / 1000).toPrecision(2);
      console.log(`| ${n.toLocaleString('en')} | ${work} | ${seconds(cpu)} | ${seconds(ms)} | ${statements} | ${Math.round(mb)} |`);
      fs.rmSync(folder, { recursive: true });
      fs.mkdirSync(folder);
    }
  }
  fs.rmSync(folder, { recursive: true });
}

if (process.env.BENCH_CHILD) await child(JSON.parse(process.env.BENCH_CHILD));
else await parent();
