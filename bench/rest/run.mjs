// REST servers over the same SQLite file, side by side on loopback. First every server's answers are compared, then they are
// timed with autocannon in turns:   node rest/run.mjs [--seconds 3] [--rounds 5] [--connections 10] [--only kinship,raw]
import autocannon from 'autocannon';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync, mkdirSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { dims, rng } from '../lib/data.mjs';

const { values: given } = parseArgs({ options: {
  seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '10' }, only: { type: 'string', default: 'kinship,raw,sequelize,prisma' },
} });
const file = fileURLToPath(new URL('../bench-default.db', import.meta.url));
if (!existsSync(file)) throw new Error('Seed the database first: node run.mjs --db sqlite --size default --verify-only');

const { users, posts } = dims('default'), random = rng(7);
const draw = (most) => Array.from({ length: 200 }, () => random.int(1, most));
const parameters = { list: draw(posts - 20), one: draw(users) };

const peers = [];
for (const name of given.only.split(',')) {
  const { default: server } = await import(`./servers/${name}.mjs`);
  const child = fork(new URL('worker.mjs', import.meta.url), [name, file]);
  const address = await Promise.race([
    once(child, 'message').then(([message]) => message.address),
    once(child, 'exit').then(() => { throw new Error(`${name} ended`); }),
  ]);
  peers.push({ name, server, child, address });
}
const cpuOf = async (child) => { child.send('cpu'); const [{ cpu }] = await once(child, 'message'); return cpu; };
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

// Every parameter's answer, by every server, is the same.
for (const what of ['list', 'one']) for (const parameter of parameters[what]) {
  let first;
  for (const { name, server, address } of peers) {
    const response = await fetch(address + server[what](parameter));
    const body = await response.json();
    const shaped = what === 'list' && server.shape ? server.shape(body) : body;
    first ??= shaped;
    if (response.status !== 200 || !isDeepStrictEqual(shaped, first)) throw new Error(`${name} answers ${what} ${parameter} otherwise: ${JSON.stringify(shaped).slice(0, 500)}\n${JSON.stringify(first).slice(0, 500)}`);
  }
}
console.log(`${peers.length} servers answer ${parameters.list.length + parameters.one.length} requests alike`);

const samples = [];
for (let round = 0; round <= Number(given.rounds); round++) for (const what of ['list', 'one']) for (const { name, server, child, address } of peers) {
  const before = await cpuOf(child);
  const { requests, latency, non2xx, errors } = await autocannon({
    url: address, connections: Number(given.connections), duration: round === 0 ? 3 : Number(given.seconds),
    requests: parameters[what].map((parameter) => ({ path: server[what](parameter) })),
  });
  if (non2xx + errors > 0) throw new Error(`${name} failed ${non2xx + errors} times`);
  // Round 0 warms up.
  if (round > 0) samples.push({ what, name, round, perSecond: requests.total / Number(given.seconds), perCpuSecond: requests.total / (await cpuOf(child) - before), p99: latency.p99 });
}
for (const { child } of peers) child.kill();

const rows = ['list', 'one'].flatMap((what) => peers.map(({ name }) => {
  const mine = samples.filter((sample) => sample.what === what && sample.name === name);
  return { what, name, ...Object.fromEntries(['perSecond', 'perCpuSecond', 'p99'].map((key) => [key, median(mine.map((sample) => sample[key]))])) };
}));
const of = (what, name) => rows.find((row) => row.what === what && row.name === name);
const lines = ['| | server | requests/s | requests/CPU s | beside hand-written | p99 ms |', '|---|---|---:|---:|---:|---:|', ...rows.map(({ what, name, perSecond, perCpuSecond, p99 }) => {
  const raw = of(what, 'raw');
  return `| ${what} | ${name} | ${perSecond.toFixed(0)} | ${perCpuSecond.toFixed(0)} | ${raw ? (perCpuSecond / raw.perCpuSecond).toFixed(2) : ''} | ${p99} |`;
})];
console.log(lines.join('\n'));
mkdirSync(new URL('../results/', import.meta.url), { recursive: true });
writeFileSync(new URL('../results/rest.md', import.meta.url), `${lines.join('\n')}\n`);
writeFileSync(new URL('../results/rest.json', import.meta.url), JSON.stringify({ node: process.version, given, rows, samples }, null, 1));
