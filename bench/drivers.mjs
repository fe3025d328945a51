// kinship on both SQLite drivers, the same workloads in turns: better-sqlite3 on this Node, node:sqlite on another one.
// node drivers.mjs PATH-TO-NODE-24 [--size default] [--rounds 7] [--ms 300]
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dbConfig, ensureSeeded } from './lib/db.mjs';
import { params } from './lib/workloads.mjs';

const WORKLOADS = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'W1', 'W2'];

if (process.env.BENCH_CHILD) child(JSON.parse(process.env.BENCH_CHILD));
else await parent();

async function child(cfg) {
  const { default: adapter } = await import('./adapters/kinship.mjs');
  await adapter.setup(cfg);
  process.send({ ready: true });
  process.on('message', async ({ id, ms, seed }) => {
    const next = params(id, cfg.size, seed), steps = id === 'W2' ? ['W2link', 'W2unlink'] : [id];
    for (const span of [ms / 4, ms]) {
      let ops = 0;
      const t0 = performance.now();
      do { const p = next(); for (const s of steps) await adapter[s](p); ops++; } while (performance.now() - t0 < span);
      if (span === ms) process.send({ rate: (ops / (performance.now() - t0)) * 1000 });
    }
  });
}

async function parent() {
  const { values: o, positionals: [node] } = parseArgs({ allowPositionals: true, options: {
    size: { type: 'string', default: 'default' }, rounds: { type: 'string', default: '7' }, ms: { type: 'string', default: '300' },
  } });
  if (!node) throw new Error('Say where a Node with node:sqlite (22.13 or newer) is: node drivers.mjs PATH');
  const cfg = dbConfig('sqlite', o.size);
  await ensureSeeded(cfg);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kinship-drivers-'));
  const start = async (driver, execPath) => {
    const file = path.join(folder, `${driver.replace(':', '-')}.db`);
    fs.copyFileSync(cfg.file, file);
    const env = { ...process.env, NODE_ENV: 'production', NODE_NO_WARNINGS: '1', BENCH_CHILD: JSON.stringify({ ...cfg, file, driver }) };
    const process_ = fork(fileURLToPath(import.meta.url), [], { execPath, env });
    let waiting;
    process_.on('message', (message) => waiting.resolve(message));
    process_.on('exit', (code) => waiting.reject(new Error(`${driver} exited with ${code}`)));
    const answer = () => new Promise((resolve, reject) => { waiting = { resolve, reject }; });
    await answer();
    return { driver, stop: () => { waiting.reject = () => {}; process_.kill(); }, run: (order) => { process_.send(order); return answer(); } };
  };
  const peers = [await start('better-sqlite3', process.execPath), await start('node:sqlite', node)];
  const median = (a) => [...a].sort((x, y) => x - y)[a.length >> 1];
  console.log('| workload | better-sqlite3 | node:sqlite | ratio |\n|---|---:|---:|---:|');
  const logs = [];
  for (const id of WORKLOADS) {
    const samples = peers.map(() => []);
    for (let round = 0; round < +o.rounds; round++)
      for (const [i, peer] of peers.entries()) samples[i].push((await peer.run({ id, ms: +o.ms, seed: 3000 + round })).rate);
    const [a, b] = samples.map(median), fmt = (n) => (n >= 100 ? n.toFixed(0) : n.toPrecision(3));
    logs.push(Math.log(b / a));
    console.log(`| ${id} | ${fmt(a)} | ${fmt(b)} | ${(b / a).toFixed(2)} |`);
  }
  console.log(`| geometric mean | | | ${Math.exp(logs.reduce((s, x) => s + x, 0) / logs.length).toFixed(2)} |`);
  for (const peer of peers) peer.stop();
  fs.rmSync(folder, { recursive: true });
}
