import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { Progress } = await load('client/progress');

test('progress never decreases, whatever is lost and sent again', () => {
  for (let round = 0; round < 100; round++) {
    let now = 0;
    const sizes = Array.from({ length: 1 + round % 9 }, () => 1 + Math.floor(Math.random() * 1000));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const progress = new Progress(total, () => now);
    let last = 0;
    const check = () => {
      const { loaded, fraction } = progress.value;
      assert.ok(loaded >= last && loaded <= total && fraction <= 1);
      last = loaded;
    };
    sizes.forEach((size, piece) => {
      for (let attempt = Math.floor(Math.random() * 4); attempt >= 0; attempt--) {
        for (let sent = 0; sent <= size; sent += 1 + Math.floor(size / 3)) {
          now += 40;
          progress.set(piece, sent);
          check();
        }
        if (attempt > 0) progress.lose(piece);
        check();
      }
      progress.finish(piece, size);
      check();
    });
    assert.equal(progress.value.loaded, total);
  }
});

test('speed and the time left follow the bytes', () => {
  let now = 0;
  const progress = new Progress(1_000_000, () => now);
  assert.equal(progress.value.speed, null);
  for (let sent = 0; sent <= 500_000; sent += 10_000, now += 100) progress.set(0, sent);
  const { speed, secondsLeft } = progress.value;
  assert.ok(Math.abs(speed - 100_000) < 5_000, `${speed}`);
  assert.ok(Math.abs(secondsLeft - 5) < 0.5, `${secondsLeft}`);
});

test('bytes that are sent again count for the speed and not for the progress', () => {
  let now = 0;
  const progress = new Progress(1000, () => now);
  progress.set(0, 500);
  progress.lose(0);
  now = 1000;
  assert.equal(progress.set(0, 500), 500);
  assert.equal(progress.value.loaded, 500);
  assert.equal(progress.value.speed, 1000);
});

test('bytes of an earlier page are no speed', () => {
  const progress = new Progress(1000, () => 0);
  progress.restore(700);
  assert.deepEqual(progress.value, { loaded: 700, total: 1000, fraction: 0.7, speed: null, secondsLeft: null });
});
