// The upload at the application: its tokens, its signed instructions and its calls.
import type { UploadRecord } from '../types.js';
import type { Grant, Instructions } from './contract.js';
import type { Answer, Http } from './http.js';
import { type OnRetry, retrying } from './retry.js';
import { store, type StoredUpload } from './store.js';

const margin = 15_000;
const shortest = 5_000;

/** When signatures end, by this device's clock. */
export class Lifetime {
  #until: number;
  readonly left: number;

  constructor(expiresAt: string, clock: number) {
    // A wrong clock must not make every signature look expired.
    this.left = Math.max(Date.parse(expiresAt) - clock - Date.now(), shortest);
    this.#until = Date.now() + this.left - Math.min(margin, this.left / 4);
  }

  get isEnding(): boolean { return Date.now() >= this.#until; }
}

export class Session {
  readonly row: StoredUpload;
  /** Null for an upload of an earlier page, until it is renewed. */
  instructions: Instructions | null = null;
  lifetime: Lifetime | null = null;
  /** Whether parts may have been sent before, by this page or an earlier one. */
  isContinued = false;
  onRetry: OnRetry = () => {};
  #http: Http;
  #remember: boolean;

  constructor(http: Http, row: StoredUpload, remember: boolean) {
    this.row = row;
    this.#http = http;
    this.#remember = remember;
  }

  accept(instructions: Instructions, expiresAt: string, clock: number): void {
    const { method, partSize, partChecksums, requiresChecksum } = instructions;
    this.instructions = instructions;
    this.lifetime = new Lifetime(expiresAt, clock);
    Object.assign(this.row, { method, partSize, partChecksums, requiresChecksum });
  }

  /** Calls an endpoint of this upload, and repeats it while the application is unavailable. */
  call<T>(method: string, path: string, signal: AbortSignal, body?: unknown): Promise<Answer<T>> {
    const { id, writeToken, readToken } = this.row;
    const call = () => this.#http.call<T>(method, `/${encodeURIComponent(id)}${path}`, { token: writeToken ?? readToken, body, signal });
    return retrying(call, signal, this.onRetry);
  }

  async renew(signal: AbortSignal): Promise<void> {
    const { body, clock } = await this.call<Pick<Grant, 'upload' | 'expiresAt'>>('POST', '/renew', signal, {});
    this.accept(body.upload, body.expiresAt, clock);
  }

  async status(signal: AbortSignal): Promise<Answer<UploadRecord>> {
    return this.call<UploadRecord>('GET', '', signal);
  }

  async save(): Promise<void> { if (this.#remember) await store.put(this.row); }
  /** Remembers a ready upload for its redisplay, without the token that can delete it. */
  async finish(): Promise<void> { if (this.#remember) await store.put({ ...this.row, writeToken: null }); }
  async forget(): Promise<void> { if (this.#remember) await store.remove(this.row.id); }
}
