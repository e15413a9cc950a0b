// What the two ways of sending need of the upload.
import { Problem } from './problem.js';
import type { SignedRequest } from './contract.js';
import { admit } from './cors.js';
import { lanes } from './lanes.js';
import type { Progress } from './progress.js';
import type { Recovery } from './recovery.js';
import { send } from './send.js';
import type { Session } from './session.js';

export interface Transfer {
  file: File;
  handle: FileSystemFileHandle | undefined;
  session: Session;
  progress: Progress;
  concurrency: number;
  signal: AbortSignal;
  /** Bytes begin to move. */
  onStart(): void;
  onProgress(): void;
}

/** Makes one attempt in a lane; returns false after a failure that it has waited for, after which the target may be another. */
export async function attempt(
  transfer: Transfer, piece: number, blob: Blob, target: SignedRequest, recovery: Recovery, renew: () => void,
): Promise<boolean> {
  const { progress, signal } = transfer;
  const release = await lanes.acquire(transfer, transfer.concurrency, signal);
  try {
    transfer.onStart();
    await send(target, blob, {
      signal,
      attempt: recovery.attempt,
      onProgress(bytes) {
        lanes.sent(progress.set(piece, bytes));
        transfer.onProgress();
      },
    });
    release();
  } catch (error) {
    progress.lose(piece);
    release(signal.aborted ? null : error instanceof Problem && error.source === 'storage' ? 'busy' : 'lost');
    // Storage accepts an object in its final place only once: it has it.
    if (!(error instanceof Problem && error.status === 412)) {
      if (await recovery.after(error, target, transfer)) renew();
      return false;
    }
  }
  admit(target);
  progress.finish(piece, blob.size);
  transfer.onProgress();
  return true;
}
