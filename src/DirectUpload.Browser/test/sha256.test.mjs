import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test from 'node:test';
import { load } from './load.mjs';

const { Sha256, hashBlob } = await load('client/sha256-blocks', 'client/hash-blob');
const expected = (bytes) => createHash('sha256').update(bytes).digest();

test('a hash of each length up to three blocks equals that of OpenSSL', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = randomBytes(length);
    const sha256 = new Sha256();
    sha256.update(bytes);
    assert.deepEqual(Buffer.from(sha256.digest()), expected(bytes), `length ${length}`);
  }
});

test('a hash does not depend on how the bytes are divided', () => {
  for (let round = 0; round < 200; round++) {
    const bytes = randomBytes(1 + round * 7);
    const sha256 = new Sha256();
    for (let at = 0; at < bytes.length;) {
      const end = at + 1 + Math.floor(Math.random() * 150);
      sha256.update(bytes.subarray(at, end));
      at = end;
    }
    assert.deepEqual(Buffer.from(sha256.digest()), expected(bytes));
  }
});

test('a page on an insecure origin hashes without crypto.subtle', async () => {
  const bytes = randomBytes(9 * 1024 * 1024 + 5);
  const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
  try {
    assert.equal(await hashBlob(new Blob([bytes])), expected(bytes).toString('base64'));
  } finally {
    Object.defineProperty(globalThis, 'crypto', own);
  }
  assert.equal(await hashBlob(new Blob([bytes])), expected(bytes).toString('base64'));
});

test('the length of more than 512 MiB does not overflow', () => {
  const block = Buffer.alloc(16 * 1024 * 1024, 7);
  const sha256 = new Sha256();
  for (let count = 0; count < 33; count++) sha256.update(block);
  // By OpenSSL, which would take as long again here.
  assert.equal(Buffer.from(sha256.digest()).toString('base64'), 'lRA6hm18IvS/uCWDWIkRahrtYk4z/hftu1q6tNeurNw=');
});
