// A small client for DirectUpload's HTTP API: request → PUT or POST to S3 → confirm → status.
// It knows nothing of this page and can be taken as it is.
import { sha256 } from './checksum.js';
import { follow } from './events.js';
import { call, pause } from './http.js';
import { UploadProblem } from './problem.js';
import { transfer } from './transfer.js';

const finished = new Set(['ready', 'rejected', 'failed', 'aborted', 'expired', 'deleted']);

// After these the old record is of no use, and trying again means asking anew.
const deadEnds = new Set(['expired', 'not-found', 'conflict', 'mismatch', 'token-invalid']);

// The application's storage or database is out for a moment; a proxy may say so as well.
const unavailable = (problem) => problem.code !== 'storage-misconfigured' && [502, 503, 504].includes(problem.status);
const passing = (problem) => problem.code === 'not-uploaded' || problem.source === 'network' || problem.status === 429 || unavailable(problem);

const mostAttempts = 6;
const longestPoll = 5_000;

export class DirectUpload {
  #file;
  #options;
  #grant = null;
  #stored = false;
  #requesting = null;
  #cancelling = new AbortController();

  /** waiting, preparing, requested, uploading, or one of the record's statuses */
  status = 'waiting';
  /** The last status object that the application gave, or null. */
  record = null;

  /**
   * @param {File} file
   * @param {{profile: string, contentType: string, metadata?: object, endpoint?: string,
   *   onStatus?: (status: string) => void, onProgress?: (fraction: number) => void,
   *   onRetry?: (problem: UploadProblem, milliseconds: number) => void}} options
   */
  constructor(file, options) {
    this.#file = file;
    this.#options = { endpoint: '/uploads', onStatus() {}, onProgress() {}, onRetry() {}, ...options };
  }

  get id() { return this.#grant?.id ?? null; }
  get readToken() { return this.#grant?.readToken ?? null; }
  /** Where the bytes go: {method, host}, for the curious. */
  get destination() {
    const upload = this.#grant?.upload;
    return upload ? { method: upload.method, host: new URL(upload.url, document.baseURI).host } : null;
  }

  /**
   * Takes the upload to its end and returns the status object, `ready` or not; throws UploadProblem, or an AbortError after
   * cancel(). Called again after a problem, it carries on at the step that failed.
   */
  async run() {
    const signal = (this.#cancelling = new AbortController()).signal;
    try {
      if (this.#grant && !this.#stored && this.#grantEnds() <= Date.now()) this.#forget();
      if (!this.#grant) await this.#request(signal);
      if (!this.#stored) await this.#send(signal);
      return await this.#confirm(signal);
    } catch (error) {
      if (!signal.aborted && deadEnds.has(error.code)) this.#forget();
      throw error;
    }
  }

  /** Stops the bytes and tells the application. The upload is over here even if the application cannot be told: it expires. */
  async cancel() {
    this.#cancelling.abort();
    // A request on its way cannot be taken back; its answer names the record to abort.
    await this.#requesting?.catch(() => {});
    await this.#delete().catch(() => {});
    this.#become('aborted');
  }

  /** Deletes a finished upload, its objects included. */
  async remove() {
    await this.#delete();
    this.#become('deleted');
  }

  async #request(signal) {
    this.#become('preparing');
    const { profile, contentType, metadata, endpoint } = this.#options;
    const checksumSha256 = await sha256(this.#file) ?? undefined;
    signal.throwIfAborted();

    const body = { profile, fileName: this.#file.name, contentType, size: this.#file.size, checksumSha256, metadata };
    this.#requesting = this.#patiently(() => call('POST', endpoint, { body }), signal, unavailable).then((answer) => { this.#grant = answer.body; });
    await this.#requesting.finally(() => { this.#requesting = null; });
    signal.throwIfAborted();
    this.#become('requested');
  }

  /** Within its time a grant may be used again: a broken connection costs nothing but the bytes. */
  #grantEnds() {
    return Date.parse(this.#grant.expiresAt);
  }

  async #send(signal) {
    this.#become('uploading');
    await transfer(this.#grant.upload, this.#file, { signal, onProgress: this.#options.onProgress });
    this.#stored = true;
  }

  async #confirm(signal) {
    this.#become('uploaded');
    let answer = await this.#patiently(() => this.#call('POST', '/confirm', signal, {}), signal);
    for (let wait = 500; !finished.has(answer.body?.status); wait = Math.min(wait * 1.5, longestPoll)) {
      this.record = answer.body;
      this.#become(answer.body?.status === 'uploaded' ? 'uploaded' : 'processing');
      if (!await this.#listen(signal)) await pause(answer.retryAfter ?? wait, signal);
      answer = await this.#patiently(() => this.#call('GET', '', signal), signal);
    }
    this.record = answer.body;
    this.#become(answer.body.status);
    const record = this.record;
    if (record.status !== 'ready') this.#forget();
    return record;
  }

  /** Hears each step as it is taken; true once it has heard of the end. Whatever goes wrong with that, asking now and then finds out as well. */
  async #listen(signal) {
    try {
      for await (const { record } of follow(`${this.#options.endpoint}/${encodeURIComponent(this.#grant.id)}/events`, this.#grant.readToken, { signal })) {
        if (finished.has(record.status)) return true;
        this.#become(record.status === 'uploaded' ? 'uploaded' : 'processing');
      }
    } catch {
      signal.throwIfAborted();
    }
    return false;
  }

  /** Requesting, confirming and asking may be repeated safely, so an outage, or an object not yet visible, is waited for. */
  async #patiently(attempt, signal, passes = passing) {
    for (let count = 1; ; count++) {
      try {
        return await attempt();
      } catch (problem) {
        if (!passes(problem) || count === mostAttempts) throw problem;
        const wait = problem.retryAfter ?? 250 * 2 ** count;
        this.#options.onRetry(problem, wait);
        await pause(wait, signal);
      }
    }
  }

  async #delete() {
    if (!this.#grant) return;
    try {
      await this.#call('DELETE', '');
    } catch (problem) {
      // Someone was quicker; the aim is reached.
      if (!['not-found', 'expired'].includes(problem.code)) throw problem;
    }
    this.#forget();
  }

  #call(method, path, signal, body) {
    const url = `${this.#options.endpoint}/${encodeURIComponent(this.#grant.id)}${path}`;
    return call(method, url, { token: this.#grant.writeToken, signal, body });
  }

  #forget() {
    this.#grant = null;
    this.#stored = false;
  }

  #become(status) {
    if (status === this.status) return;
    this.status = status;
    this.#options.onStatus(status);
  }
}
