// Reports the progress of uploads to .NET: at most four calls a second, and at most about a hundred reports for a file of any size.
import { isConnected } from './direct-upload.circuit.js';

const interval = 250; // milliseconds
const step = 0.01;
const patience = 10_000;
const reportsPerCall = 10;

export class ProgressReports {
  enabled = false;
  #send;
  #reported = new WeakMap();
  #waiting = new Set();
  #timer = null;
  #busyUntil = 0;

  constructor(send) {
    this.#send = send;
  }

  add(upload) {
    const { fraction } = upload.progress;
    const reported = this.#reported.get(upload) ?? -1;
    if (!this.enabled || fraction <= reported || (fraction < 1 && fraction - reported < step)) return;
    this.#waiting.add(upload);
    this.#timer ??= setTimeout(() => this.#report(), interval);
  }

  /** Forgets an upload that has ended: a report after that would show it as running. */
  end(upload) {
    this.#waiting.delete(upload);
    this.#reported.set(upload, upload.progress.fraction);
  }

  async #report() {
    this.#timer = null;
    if (!this.enabled || this.#waiting.size === 0) return;
    // An answer that is late, or lost with the connection, must not lead to a second call in its place.
    const isFree = isConnected() && performance.now() >= this.#busyUntil;
    if (!isFree) return void (this.#timer = setTimeout(() => this.#report(), interval));
    const uploads = [...this.#waiting].slice(0, reportsPerCall);
    for (const upload of uploads) {
      this.#waiting.delete(upload);
      this.#reported.set(upload, upload.progress.fraction);
    }
    this.#timer = setTimeout(() => this.#report(), interval);
    this.#busyUntil = performance.now() + patience;
    try {
      await this.#send(uploads.map(describe));
    } catch (error) {
      if (/tracked object/.test(error?.message)) this.enabled = false;
    } finally {
      this.#busyUntil = 0;
    }
  }
}

function describe({ id, file, progress: { loaded, total, speed, secondsLeft } }) {
  return { id, fileName: file.name, loaded, total, speed: speed && Math.round(speed), secondsLeft: secondsLeft && Math.round(secondsLeft) };
}
