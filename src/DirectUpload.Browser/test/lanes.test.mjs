import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { Lanes } = await load('client/lanes');
const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Sends parts of one second on a line that carries `capacity` bytes per second, and `each` per request at most. */
async function simulate({ capacity, each, most = 6, seconds = 60, fails = () => null }) {
  let now = 0;
  const lanes = new Lanes(() => now);
  const owner = {};
  let active = [];
  let largest = 0;
  const ask = () => lanes.acquire(owner, most, never).then((release) => active.push(release), () => {});
  for (let count = 0; count < most + 2; count++) ask();
  for (let second = 0; second < seconds; second++) {
    await turn();
    largest = Math.max(largest, active.length);
    assert.ok(active.length <= most && active.length <= lanes.limit + 1);
    const rate = Math.min(each, capacity / active.length);
    const ending = active;
    active = [];
    now += 1000;
    lanes.sent(rate * ending.length);
    for (const release of ending) {
      release(fails(second));
      ask();
    }
  }
  return { largest, limit: lanes.limit };
}

test('the number of lanes begins with three', async () => {
  assert.equal((await simulate({ capacity: 100, each: 100, seconds: 1 })).largest, 3);
});

test('the number of lanes grows up to the limit while throughput grows', async () => {
  assert.equal((await simulate({ capacity: 10_000, each: 100 })).largest, 6);
});

test('a server that is busy gets fewer requests, and more when it recovers', async () => {
  const during = await simulate({ capacity: 10_000, each: 100, seconds: 20, fails: () => 'busy' });
  assert.equal(during.limit, 1);
  const after = await simulate({ capacity: 10_000, each: 100, seconds: 90, fails: (second) => second < 20 ? 'busy' : null });
  assert.ok(after.limit >= 4, `${after.limit}`);
});

test('a line that loses every request keeps few lanes, and never less than two', async () => {
  const { limit } = await simulate({ capacity: 10_000, each: 100, seconds: 20, fails: () => 'lost' });
  assert.ok(limit >= 2 && limit <= 3, `${limit}`);
});

test('a connection that is lost now and then costs no lane', async () => {
  assert.equal((await simulate({ capacity: 10_000, each: 100, fails: (second) => second % 9 === 0 ? 'lost' : null })).largest, 6);
});

test('uploads share the lanes equally, so that a small file does not wait for a large one', async () => {
  const lanes = new Lanes(() => 0);
  const order = [];
  const large = {}, small = {};
  const releases = [];
  const ask = (owner, name) => lanes.acquire(owner, 6, never).then((release) => { order.push(name); releases.push(release); });
  for (let count = 0; count < 9; count++) ask(large, 'large');
  ask(small, 'small');
  await turn();
  assert.deepEqual(order, ['large', 'large', 'large']);
  releases[0]();
  await turn();
  assert.equal(order[3], 'small');
});

test('an upload that is canceled leaves the queue', async () => {
  const lanes = new Lanes(() => 0);
  const canceled = new AbortController();
  const releases = [];
  for (let count = 0; count < 3; count++) lanes.acquire({}, 6, never).then((release) => releases.push(release));
  const waiting = lanes.acquire({}, 6, canceled.signal);
  const next = lanes.acquire({}, 6, never);
  canceled.abort(new Error('canceled'));
  await assert.rejects(waiting, /canceled/);
  releases[0]();
  assert.equal(typeof await next, 'function');
});

test('a client that allows one request at once never has two', async () => {
  assert.equal((await simulate({ capacity: 10_000, each: 100, most: 1 })).largest, 1);
});
