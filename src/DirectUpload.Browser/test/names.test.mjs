import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { shortName, shortPath, retryAfter, backoff } = await load('client/names', 'client/retry-after', 'client/waiting');

test('names of up to 255 characters stay as they are', () => {
  for (const name of ['a', 'a.txt', 'x'.repeat(251) + '.txt', 'x'.repeat(255)]) assert.equal(shortName(name), name);
});

test('longer names are shortened and keep their extension', () => {
  assert.equal(shortName('x'.repeat(300) + '.tar'), 'x'.repeat(251) + '.tar');
  assert.equal(shortName('x'.repeat(300)).length, 255);
  assert.equal(shortName('a.' + 'x'.repeat(300)).length, 255);
});

test('no character is cut in half', () => {
  for (let before = 0; before < 3; before++) {
    const short = shortName('x'.repeat(before) + '😀'.repeat(200) + '.png');
    assert.ok(short.length <= 255 && short.endsWith('😀.png') && short.isWellFormed?.() !== false, short);
  }
});

test('long paths keep their end, from a folder on', () => {
  const path = 'folder/'.repeat(200) + 'file.txt';
  const short = shortPath(path);
  assert.ok(short.length <= 1000 && path.endsWith('/' + short) && short.startsWith('folder/'));
  assert.equal(shortPath('a/b.txt'), 'a/b.txt');
});

test('Retry-After is a number of seconds or a date', () => {
  const now = Date.parse('2026-05-01T12:00:00Z');
  assert.equal(retryAfter('5', now), 5_000);
  assert.equal(retryAfter(' 0 ', now), 0);
  assert.equal(retryAfter('Fri, 01 May 2026 12:00:30 GMT', now), 30_000);
  assert.equal(retryAfter('Fri, 01 May 2026 11:00:00 GMT', now), 0);
  assert.equal(retryAfter('86400', now), 300_000);
  for (const bad of [null, '', 'soon', '-', 'NaN']) assert.equal(retryAfter(bad, now), null, `${bad}`);
});

test('delays grow, vary and have a limit', () => {
  assert.ok(backoff(1, 0) >= 100 && backoff(1, 1) <= 300);
  assert.ok(backoff(4, 0) > backoff(1, 1));
  assert.ok(backoff(50, 1) <= 20_000);
});
