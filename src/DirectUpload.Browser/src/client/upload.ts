// One file on its way.
import type { Upload, UploadError, UploadOptions, UploadProgress, UploadRecord, UploadState } from '../types.js';
import { type Begun, findInterrupted, requestUpload } from './begin.js';
import type { Context } from './context.js';
import { terminal } from './contract.js';
import { checkFile } from './file-check.js';
import { confirm, follow } from './follow.js';
import { lock } from './locks.js';
import { Gate } from './gate.js';
import { isDeadEnd, ofRecord, recoverable, toProblem } from './outcome.js';
import { sendParts } from './parts.js';
import { browserProblem, Problem } from './problem.js';
import { Progress } from './progress.js';
import { read } from './request-body.js';
import type { OnRetry } from './retry.js';
import type { Session } from './session.js';
import { sendSingle } from './single.js';

// The application limits the pending uploads of an owner, so those of a large folder are requested as the first ones end.
const active = new Gate(100);
// Requests of small files wait for each other.
const small = 4 * 1024 * 1024;
const progressInterval = 100;
const mostRounds = 3;

export class UploadTask extends EventTarget implements Upload {
  readonly file: File;
  readonly profile: string;
  state: UploadState = 'waiting';
  record: UploadRecord | null = null;
  error: UploadError | null = null;
  retrying: Upload['retrying'] = null;
  resumed = false;
  ready!: Promise<UploadRecord>;
  #settle!: PromiseWithResolvers<UploadRecord>;
  #context: Context;
  #options: UploadOptions;
  #session: Session | null = null;
  #unlock: (() => void) | null = null;
  #requesting: Promise<void> | null = null;
  #running = new AbortController();
  #progress: Progress;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: Context, file: File, options: UploadOptions, begun?: Begun) {
    super();
    this.#context = context;
    this.file = file;
    this.profile = options.profile;
    this.#options = options;
    this.#progress = new Progress(begun?.session.row.size ?? file.size);
    if (begun) this.#take(begun, true);
    this.#promise();
    void this.#run();
  }

  get id(): string | null { return this.#session?.row.id ?? this.record?.id ?? null; }
  get readToken(): string | null { return this.#session?.row.readToken ?? null; }
  get progress(): UploadProgress {
    const value = this.#progress.value;
    return /^(uploaded|processing|ready)$/.test(this.state)
      ? { ...value, loaded: value.total, fraction: 1, speed: null, secondsLeft: 0 }
      : value;
  }
  get pending(): boolean { return !terminal.has(this.state); }

  pause(): void {
    if (!/^(waiting|preparing|uploading)$/.test(this.state)) return;
    this.#running.abort();
    this.#progress.rest();
    this.#become('paused');
  }

  resume(): void {
    if (this.state === 'paused') void this.#run();
  }

  retry(): void {
    // While the client waits, this ends the delay.
    if (this.retrying) this.#running.abort();
    else if (!terminal.has(this.state) || this.state === 'ready') return;
    else this.#promise();
    void this.#run();
  }

  async remove(): Promise<void> {
    const wasReady = this.state === 'ready';
    this.#running.abort();
    if (!wasReady && this.state !== 'aborted') {
      this.error = this.#explain(browserProblem('canceled'));
      this.#end('aborted');
    }
    // A request cannot be recalled; its answer names the record to abort.
    await this.#requesting?.catch(() => {});
    try {
      await this.#delete();
    } catch (error) {
      if (wasReady) throw this.#explain(toProblem(error));
      // It expires at the application.
    }
    await this.#forget();
    if (wasReady) this.#become('deleted');
  }

  async #run(): Promise<void> {
    const { signal } = this.#running = new AbortController();
    let leave = () => {};
    this.error = null;
    this.#become('waiting');
    try {
      // Another upload may have taken over after this one failed.
      if (this.#session && !this.#unlock && !(this.#unlock = await lock(this.#session.row.id))) this.#session = null;
      leave = await active.enter(signal);
      for (let round = 1; ; round++) {
        try {
          const record = await this.#attempt(signal, leave);
          signal.throwIfAborted();
          return await this.#finish(record);
        } catch (error) {
          signal.throwIfAborted();
          // The grant ended while the upload was paused, or in an earlier page.
          if (!recoverable(error) || round >= mostRounds) throw error;
          await this.#forget();
          this.record = null;
        }
      }
    } catch (error) {
      if (!signal.aborted) await this.#fail(toProblem(error));
    } finally {
      leave();
    }
  }

  async #attempt(signal: AbortSignal, leave: () => void): Promise<UploadRecord> {
    while (!this.#session) {
      // A request that was paused may still be on its way; what remains of it is aborted.
      await (this.#requesting ??= this.#begin(signal).finally(() => { this.#requesting = null; })).catch((error) => {
        if (error.name !== 'AbortError') throw error;
      });
      signal.throwIfAborted();
    }
    const session = this.#session;
    session.onRetry = this.#onRetry;
    if (session.isContinued) await this.#findState(session, signal);
    for (let round = 1; ; round++) {
      if (!session.row.sent) await this.#send(session, signal);
      leave();
      signal.throwIfAborted();
      this.#become('uploaded');
      const record = await confirm(session, signal);
      if (record) return follow(session, this.#context.events, record, signal, (changed) => this.#show(changed));
      // Storage has lost what it had acknowledged.
      if (round >= mostRounds) throw new Problem('not-uploaded', 'application');
      session.row.sent = false;
    }
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const announced = this.file.size <= small ? this.#context.requests.announce() : () => {};
    try {
      const found = await findInterrupted(this.#context, this.file, this.#options);
      if (found) return this.#take(found, true);
      signal.throwIfAborted();
      this.#become('preparing');
      this.#take(await requestUpload(this.#context, this.file, this.#options, signal, this.#onRetry, announced), false);
    } finally {
      announced();
    }
  }

  #take({ session, unlock }: Begun, resumed: boolean): void {
    this.#session = session;
    this.#unlock = unlock;
    this.resumed = resumed;
  }

  /** Finds out what became of an upload of an earlier page, or of one that was paused. */
  async #findState(session: Session, signal: AbortSignal): Promise<void> {
    const { body } = await session.status(signal);
    if (body.status === 'requested') {
      if (session.row.method === 'MULTIPART') return;
      // The bytes may have arrived without this page learning of it.
      session.row.sent = await confirm(session, signal, 1) !== null;
    } else if (terminal.has(body.status) && body.status !== 'ready') {
      throw new Problem('expired', 'application');
    } else {
      session.row.sent = true;
    }
  }

  async #send(session: Session, signal: AbortSignal): Promise<void> {
    this.#become('waiting');
    if (session.row.size !== this.file.size) throw browserProblem('choose-again');
    const { handle } = session.row;
    const { file } = this;
    const transfer = {
      file, handle, session, signal, concurrency: this.#context.concurrency, progress: this.#progress,
      onStart: () => {
        session.isContinued = true;
        this.#become('uploading');
      },
      onProgress: () => {
        this.retrying = null;
        this.#timer ??= setTimeout(() => this.#changed(), progressInterval);
      },
    };
    // Beside the sending; what storage has completely can then be confirmed without the file.
    const hashing = session.row.requiresChecksum ? read(file, signal, true) : undefined;
    hashing?.catch(() => {});
    await (session.row.method === 'MULTIPART' ? sendParts(transfer) : sendSingle(transfer));
    await checkFile(file, handle);
    session.row.crc64nvme = await hashing;
    session.row.sent = true;
    session.row.fraction = 1;
    await session.save();
  }

  async #finish(record: UploadRecord): Promise<void> {
    if (record.status !== 'ready') throw ofRecord(record);
    await this.#session!.finish();
    this.#release();
    this.#settle.resolve(record);
    this.#end('ready');
  }

  async #fail(problem: Problem): Promise<void> {
    await this.#context.texts.loaded;
    const { record } = this;
    const ended = record && terminal.has(record.status) ? record.status as UploadState : null;
    if (ended || isDeadEnd(problem)) {
      if (!ended) await this.#delete(`${problem.code}: ${problem.detail ?? problem.message}`).catch(() => {});
      await this.#forget();
    }
    // The same file can be chosen again and continue.
    this.#release();
    this.error = this.#explain(problem);
    this.#end(ended ?? (problem.code === 'expired' ? 'expired' : 'failed'));
  }

  async #delete(reason?: string): Promise<void> {
    const session = this.#session;
    if (!session) return;
    session.onRetry = () => {};
    try {
      await session.call('DELETE', '', new AbortController().signal, reason && { reason });
    } catch (error) {
      if (!/^(not-found|expired|deleted|conflict)$/.test((error as Problem).code)) throw error;
    }
  }

  async #forget(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#release();
    await session?.forget();
  }

  #release(): void {
    this.#unlock?.();
    this.#unlock = null;
  }

  #onRetry: OnRetry = (attempt, delay, problem) => {
    this.#progress.rest();
    this.retrying = { attempt, until: Date.now() + delay, error: this.#explain(problem) };
    this.#changed();
  };

  #show(record: UploadRecord): void {
    const { attempts, progress } = this.record ?? {};
    this.record = record;
    if (!terminal.has(record.status)) this.#become(record.status === 'uploaded' ? 'uploaded' : 'processing');
    if (attempts !== record.attempts || progress !== record.progress) this.#changed();
    const session = this.#session;
    if (session) {
      session.row.record = record;
      if (!terminal.has(record.status)) void session.save();
    }
  }

  #explain(problem: Problem): Problem {
    const { texts } = this.#context;
    const { code } = problem;
    const fallback = this.record && terminal.has(this.record.status) ? this.record.status
      : 'failed';
    problem.message = texts.get(texts.has(code) ? code : fallback);
    return problem;
  }

  #promise(): void {
    this.#settle = Promise.withResolvers();
    this.ready = this.#settle.promise;
    // A page that only listens to events must not see an unhandled rejection.
    this.ready.catch(() => {});
  }

  #end(state: UploadState): void {
    if (this.error) this.#settle.reject(this.error);
    this.#become(state);
    this.dispatchEvent(new Event('end'));
  }

  #become(state: UploadState): void {
    const isNew = state !== this.state || this.retrying !== null;
    this.state = state;
    this.retrying = null;
    if (isNew) this.#changed();
  }

  #changed(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.dispatchEvent(new Event('change'));
  }
}
