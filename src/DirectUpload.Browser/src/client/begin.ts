// Continues an upload of an earlier page, or requests a new one.
import type { UploadOptions } from '../types.js';
import type { Grant } from './contract.js';
import type { Context } from './context.js';
import { originOf } from './folders.js';
import type { Answer } from './http.js';
import { lock } from './locks.js';
import { Problem } from './problem.js';
import { requestBody } from './request-body.js';
import { type OnRetry, retrying } from './retry.js';
import { Session } from './session.js';
import type { StoredUpload } from './store.js';

export interface Begun { session: Session; unlock: (() => void) | null }

/** Finds the same file, unless another upload or tab is at work on it. */
export async function findInterrupted(context: Context, file: File, { profile }: UploadOptions): Promise<Begun | null> {
  for (const row of await context.remembered()) {
    if (row.writeToken && row.profile === profile && row.fileName === file.name && row.size === file.size
      && row.lastModified === file.lastModified && row.type === file.type) {
      const begun = await take(context, row);
      if (begun) return begun;
    }
  }
  return null;
}

export async function take(context: Context, row: StoredUpload): Promise<Begun | null> {
  const unlock = await lock(row.id);
  if (!unlock) return null;
  const session = new Session(context.http, row, context.remembers);
  session.isContinued = true;
  return { session, unlock };
}

export async function requestUpload(
  context: Context, file: File, options: UploadOptions, signal: AbortSignal, onRetry: OnRetry, announced: () => void,
): Promise<Begun> {
  const ask = async (needsHash: boolean): Promise<Answer<Grant>> => {
    const body = await requestBody(file, options, signal, needsHash);
    return retrying(() => {
      const asking = context.requests.request(body);
      announced();
      return asking;
    }, signal, onRetry);
  };
  const { body: grant, clock } = await ask(false).catch((error) => {
    // Some profiles require the checksum of the whole file, however large it is.
    if (error instanceof Problem && error.code === 'invalid-request' && /checksumSha256/.test(error.detail ?? '')) return ask(true);
    throw error;
  });
  const handle = options.handle ?? originOf(file).handle;
  const session = new Session(context.http, {
    id: grant.id, endpoint: context.http.endpoint, profile: options.profile, fileName: file.name, size: file.size,
    lastModified: file.lastModified, type: file.type, readToken: grant.readToken, writeToken: grant.writeToken,
    method: grant.upload.method, sent: false, fraction: 0, record: null, at: 0, ...handle && { handle },
  }, context.remembers);
  session.accept(grant.upload, grant.expiresAt, clock);
  const unlock = await lock(grant.id);
  // Before the first byte: a crash from here on loses nothing.
  await session.save();
  return { session, unlock };
}
