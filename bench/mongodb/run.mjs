// node mongodb/run.mjs --pid SERVER --url mongodb://127.0.0.1:27117/?directConnection=true --only R1,R2 --rounds 3 --ms 500 [--strategies]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { canon, hash } from '../lib/workloads.mjs';
import { cleanUp, fingerprint, makeVictims, numbered, openSeeded, params } from './data.mjs';
import { batch, lookup } from './peers/driver.mjs';
import { peer as mongoose } from './peers/mongoose.mjs';
import { peerWith } from './peers/kinship.mjs';

const { values: o } = parseArgs({ options: {
  url: { type: 'string', default: process.env.KINSHIP_MONGODB_URL }, only: { type: 'string', default: 'R1,R2,R3,R4,R5,R6,R7,R8,W1,W2,W3' },
  rounds: { type: 'string', default: '3' }, ms: { type: 'string', default: '500' }, strategies: { type: 'boolean' }, pid: { type: 'string' },
} });
if (!o.url) throw new Error('--url or KINSHIP_MONGODB_URL: a MongoDB server (a replica set)');
const database = 'kinship_bench', { client, db } = await openSeeded(o.url, database);
const { version } = await db.admin().command({ buildInfo: 1 });
const peers = [batch, lookup, mongoose, peerWith('kinship'), ...(o.strategies ? [peerWith('kinship, batches', 'batch'), peerWith('kinship, joins', 'join'), peerWith('kinship, aggregates', 'aggregate')] : [])];
const hands = [batch.name, lookup.name], ids = o.only.split(','), result = {}, steps = (id) => (id === 'W2' ? ['W2link', 'W2unlink'] : [id]);

async function verified(peer, id) {
  const out = [];
  if (id[0] === 'R') {
    const next = params(id, 1);
    for (let i = 0; i < 3; i++) { const v = await peer[id](next()); out.push(canon(id, numbered(peer.shape[id](v)))); }
  } else {
    await cleanUp(db);
    const given = id === 'W3' ? (await makeVictims(db, 2))[1] : params(id, 1)();
    for (const s of steps(id)) { await peer[s](given); out.push(await fingerprint(db)); }
    await cleanUp(db);
  }
  return { hash: hash(out), sample: JSON.stringify(out[0]).slice(0, 400) };
}
/** milliseconds: of CPU time, the server's and this process's, where `--pid` names the server's process; otherwise on the clock */
function clock() {
  if (!o.pid) return performance.now();
  const stat = readFileSync(`/proc/${o.pid}/stat`, 'utf8').split(') ')[1].split(' '), { user, system } = process.cpuUsage();
  return (Number(stat[11]) + Number(stat[12])) * 10 + (user + system) / 1000;
}
async function timed(peer, id, seed, ms) {
  const victims = id === 'W3' ? await makeVictims(db, 15) : null, next = victims ? () => victims[ops] : params(id, seed);
  let ops = 0;
  const t0 = performance.now(), c0 = clock();
  do { const p = next(); for (const s of steps(id)) await peer[s](p); ops++; } while (performance.now() - t0 < ms && (!victims || ops < victims.length));
  const rate = (ops * 1000) / (clock() - c0);
  if (id[0] === 'W') await cleanUp(db);
  return rate;
}
const median = (a) => a.toSorted((x, y) => x - y)[a.length >> 1];
try {
  for (const p of peers) await p.setup({ url: o.url, database });
  for (const id of ids) {
    const want = await verified(batch, id);
    for (const p of peers) {
      const got = await verified(p, id);
      if (got.hash !== want.hash) throw new Error(`${id}: ${p.name} differs\n  want ${want.sample}\n  got  ${got.sample}`);
    }
    const samples = new Map(peers.map((p) => [p.name, []]));
    for (const p of peers) await timed(p, id, 1, +o.ms / 3);
    for (let round = 0; round < +o.rounds; round++) for (const p of peers) samples.get(p.name).push(await timed(p, id, 2000 + round, +o.ms));
    result[id] = new Map([...samples].map(([name, rates]) => [name, median(rates)]));
    console.error(id, [...result[id]].map(([name, rate]) => `${name} ${rate.toPrecision(3)}`).join(', '));
  }
} finally {
  for (const p of peers) await p.close?.();
  await db.dropDatabase();
  await client.close();
}
const best = (id) => Math.max(...hands.map((name) => result[id].get(name)));
const row = (name) => `| ${name} | ${ids.map((id) => (result[id].get(name) / best(id)).toFixed(2)).join(' | ')} |`;
console.log([`Share of the faster of the two by hand; server ${version}`, '', `| | ${ids.join(' | ')} |`, `|---|${ids.map(() => '---:|').join('')}`,
  ...peers.map(({ name }) => row(name)), `| *by hand, per second* | ${ids.map((id) => best(id).toPrecision(3)).join(' | ')} |`].join('\n'));
