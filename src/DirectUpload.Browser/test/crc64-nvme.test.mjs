import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { load } from './load.mjs';

const { Crc64Nvme, hashBlob } = await load('client/crc64-nvme', 'client/hash-blob');

const crcOf = (bytes) => {
  const crc = new Crc64Nvme();
  crc.update(bytes);
  return Buffer.from(crc.digest()).toString('hex');
};

// Bit by bit, as the algorithm is defined.
const expected = (bytes) => {
  let crc = 0xffffffffffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? crc >> 1n ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  }
  return (crc ^ 0xffffffffffffffffn).toString(16).padStart(16, '0');
};

test('the check value is that of the catalogue of CRC algorithms', () => {
  assert.equal(crcOf(Buffer.from('123456789')), 'ae8b14860a799888');
  assert.equal(crcOf(Buffer.alloc(0)), '0000000000000000');
});

test('a checksum of each length up to a hundred bytes is that of the definition', () => {
  for (let length = 0; length <= 100; length++) {
    const bytes = randomBytes(length);
    assert.equal(crcOf(bytes), expected(bytes), `length ${length}`);
  }
});

test('a checksum does not depend on how the bytes are divided', () => {
  for (let round = 0; round < 200; round++) {
    const bytes = randomBytes(1 + round * 7);
    const crc = new Crc64Nvme();
    for (let at = 0; at < bytes.length;) {
      const end = at + 1 + Math.floor(Math.random() * 50);
      crc.update(bytes.subarray(at, end));
      at = end;
    }
    assert.equal(Buffer.from(crc.digest()).toString('hex'), expected(bytes));
  }
});

test('each flipped bit changes the checksum', () => {
  const bytes = randomBytes(40);
  const honest = crcOf(bytes);
  for (let at = 0; at < bytes.length * 8; at++) {
    bytes[at >> 3] ^= 1 << (at & 7);
    assert.notEqual(crcOf(bytes), honest, `bit ${at}`);
    bytes[at >> 3] ^= 1 << (at & 7);
  }
});

test('a large file is read in pieces', async () => {
  const bytes = randomBytes(9 * 1024 * 1024 + 5);
  assert.equal(await hashBlob(new Blob([bytes]), true), Buffer.from(crcOf(bytes), 'hex').toString('base64'));
});
