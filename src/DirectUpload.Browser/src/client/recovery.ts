// Decides after a failed request to storage: send again, with a new signature, or give up.
import type { SignedRequest } from './contract.js';
import { admit, isRefusal } from './cors.js';
import { checkFile } from './file-check.js';
import { browserProblem, Problem } from './problem.js';
import { pauseBefore } from './retry.js';
import { mayBeExpired } from './send.js';
import type { Transfer } from './sending.js';

const mostAttempts = 10;
const mostDigests = 2;

/** The attempts of one request. */
export class Recovery {
  attempt = 1;
  #renewed = false;
  #digests = 0;

  /** Waits until the request can be repeated; returns whether it needs a new signature. Throws what cannot be repaired. */
  async after(error: unknown, request: SignedRequest, { file, handle, session, signal }: Transfer): Promise<boolean> {
    signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    if (error.source === 'storage') admit(request);
    // A browser reports a file that it can no longer read as a lost connection.
    await checkFile(file, handle);
    if (/Digest|XAmz/.test(error.detail ?? '') && ++this.#digests >= mostDigests) throw browserProblem('file-changed', error.detail);
    if (mayBeExpired(error) && !this.#renewed) return this.#renewed = true;
    if (error.opaque && await isRefusal(request)) throw browserProblem('cors', new URL(request.url).host);
    if (!error.transient || this.attempt >= mostAttempts) throw error;
    await pauseBefore(this.attempt, error, signal, session.onRetry);
    if (error.code !== 'offline') this.attempt++;
    // Some servers close the connection instead of refusing an expired signature.
    return error.code === 'network' && this.attempt % 3 === 0;
  }
}
