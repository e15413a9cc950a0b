// The file's SHA-256, so that S3 itself verifies the bytes it receives.
import { UploadProblem } from './problem.js';

/** crypto.subtle hashes only what is wholly in memory; larger files go without. */
export const largestHashed = 64 * 1024 * 1024;

/** Base64, or null when the file is too large or the page is no secure context (plain http off localhost). */
export async function sha256(file) {
  if (file.size > largestHashed || !globalThis.crypto?.subtle) return null;
  let bytes;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    throw new UploadProblem({ source: 'browser', code: 'unreadable' });
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}
