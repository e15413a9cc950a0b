import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { Requests, Problem } = await load('client/requests', 'client/problem');

/** An application that grants each upload, except those named "refused". */
function application({ isDown = false } = {}) {
  const calls = [];
  const decide = ({ fileName }) => fileName === 'refused' ? { problem: { code: 'too-large', detail: 'no', status: 413 } }
    : { grant: { id: fileName } };
  return {
    calls,
    async call(method, path, { body }) {
      calls.push(path === '/batch' ? body.uploads.length : 'single');
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (path !== '/batch') return { body: decide(body).grant, retryAfter: null, clock: 0 };
      if (isDown) throw new Problem('server-error', 'application', { status: 503 });
      return { body: { uploads: body.uploads.map(decide) }, retryAfter: null, clock: 0 };
    },
  };
}

async function request(http, names, announce = true) {
  const requests = new Requests(http);
  const withdraw = announce ? names.map(() => requests.announce()) : [];
  return Promise.allSettled(names.map(async (fileName, index) => {
    await new Promise((resolve) => setTimeout(resolve, index % 7));
    const asking = requests.request({ fileName });
    withdraw[index]?.();
    return (await asking).body.id;
  }));
}

test('uploads that are added together are one call, and each gets its own grant', async () => {
  const http = application();
  const names = Array.from({ length: 50 }, (_, index) => `file ${index}`);
  const results = await request(http, names);
  assert.deepEqual(http.calls, [50]);
  assert.deepEqual(results.map(({ value }) => value), names);
});

test('one upload needs no batch', async () => {
  const http = application();
  await request(http, ['a']);
  assert.deepEqual(http.calls, ['single']);
});

test('a call has at most 100 uploads', async () => {
  const http = application();
  const results = await request(http, Array.from({ length: 250 }, (_, index) => `${index}`));
  assert.ok(results.every(({ status }) => status === 'fulfilled'));
  assert.ok(http.calls.every((count) => count <= 100), `${http.calls}`);
});

test('a refused upload does not affect the others', async () => {
  const results = await request(application(), ['a', 'refused', 'b']);
  assert.deepEqual(results.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled']);
  const { reason } = results[1];
  assert.deepEqual([reason.code, reason.detail, reason.status, reason.canRetry], ['too-large', 'no', 413, false]);
});

test('each upload of a call that fails learns of it', async () => {
  const http = application({ isDown: true });
  const results = await request(http, ['a', 'b', 'c']);
  assert.deepEqual(results.map(({ reason }) => reason.code), ['server-error', 'server-error', 'server-error']);
  assert.deepEqual(http.calls, [3]);
});

test('an announced upload that takes long does not hold back the others', async () => {
  const http = application();
  const requests = new Requests(http);
  requests.announce();
  const started = performance.now();
  await requests.request({ fileName: 'a' });
  assert.ok(performance.now() - started < 1_500);
});
