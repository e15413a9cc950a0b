// What the client declares about a file.
import type { UploadOptions } from '../types.js';
import type { RequestBody } from './contract.js';
import { unreadable } from './file-check.js';
import { originOf } from './folders.js';
import { hash } from './hashing.js';
import { shortName, shortPath } from './names.js';

const largestHashed = 100 * 1024 * 1024;

export async function requestBody(file: File, options: UploadOptions, signal: AbortSignal, needsHash = false): Promise<RequestBody> {
  const { profile, association, method, checksum } = options;
  const { path } = originOf(file);
  const metadata = { ...path && { relativePath: shortPath(path) }, ...options.metadata };
  // A file that goes in one piece is hashed before it is sent. Hashing parts takes time on a fast line: on request only.
  const isHashed = needsHash || (checksum !== false && file.size <= largestHashed && method !== 'multipart');
  return {
    profile,
    fileName: shortName(file.name),
    ...file.type && { contentType: file.type },
    size: file.size,
    ...isHashed && { checksumSha256: await read(file, signal) },
    ...checksum && !isHashed && { partChecksums: true },
    metadata,
    ...association && { association },
    ...method && { method },
  };
}

/** Returns the SHA-256 or the CRC-64/NVME of a file. */
export async function read(file: File, signal: AbortSignal, isCrc?: boolean): Promise<string> {
  try {
    return await hash(file, signal, isCrc);
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(error);
  }
}
