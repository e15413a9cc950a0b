// SHA-256 or CRC-64/NVME of a Blob as base64. crypto.subtle exists only on secure origins and hashes only data in memory.
import { Crc64Nvme } from './crc64-nvme.js';
import { Sha256 } from './sha256-blocks.js';

const largestInMemory = 128 * 1024 * 1024;
const step = 4 * 1024 * 1024;

export async function hashBlob(blob: Blob, isCrc = false): Promise<string> {
  if (!isCrc && globalThis.crypto?.subtle && blob.size <= largestInMemory) {
    return base64(new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())));
  }
  const hash = isCrc ? new Crc64Nvme() : new Sha256();
  for (let at = 0; at < blob.size; at += step) hash.update(new Uint8Array(await blob.slice(at, at + step).arrayBuffer()));
  return base64(hash.digest());
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
