// Bytes of one upload. What is shown never decreases, also when a part is sent again.
import type { UploadProgress } from '../types.js';

const halfLife = 2_000;
const shortest = 250;

export class Progress {
  #total: number;
  #now: () => number;
  #pieces = new Map<number, number>();
  #done = 0;
  #shown = 0;
  #unmeasured = 0;
  #measuredAt: number | null = null;
  #speed: number | null = null;

  constructor(total: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#now = now;
  }

  /** Sets the bytes of a piece that is being sent; returns how many are new. */
  set(piece: number, bytes: number): number {
    const more = Math.max(0, bytes - (this.#pieces.get(piece) ?? 0));
    this.#pieces.set(piece, bytes);
    this.#measure(more);
    this.#show();
    return more;
  }

  /** Takes back the bytes of a piece that must be sent again. */
  lose(piece: number): void { this.#pieces.delete(piece); }

  /** Storage has the piece. */
  finish(piece: number, bytes: number): void {
    this.#pieces.delete(piece);
    this.#done += bytes;
    this.#show();
  }

  /** Storage had these bytes before. */
  restore(bytes: number): void {
    this.#done = bytes;
    this.#show();
  }

  /** Forgets the speed, because no bytes are sent for a while. */
  rest(): void {
    this.#measuredAt = this.#speed = null;
    this.#unmeasured = 0;
  }

  get value(): UploadProgress {
    const left = this.#total - this.#loaded;
    return {
      loaded: this.#shown,
      total: this.#total,
      fraction: this.#total > 0 ? this.#shown / this.#total : 0,
      speed: this.#speed,
      secondsLeft: this.#speed ? left / this.#speed : null,
    };
  }

  get #loaded(): number {
    let loaded = this.#done;
    for (const bytes of this.#pieces.values()) loaded += bytes;
    return Math.min(loaded, this.#total);
  }

  #show(): void { this.#shown = Math.max(this.#shown, this.#loaded); }

  #measure(more: number): void {
    const now = this.#now();
    this.#measuredAt ??= now;
    this.#unmeasured += more;
    const elapsed = now - this.#measuredAt;
    if (elapsed < shortest) return;
    const speed = this.#unmeasured / elapsed * 1000;
    const weight = this.#speed === null ? 1 : 1 - 0.5 ** (elapsed / halfLife);
    this.#speed = (this.#speed ?? 0) * (1 - weight) + speed * weight;
    this.#measuredAt = now;
    this.#unmeasured = 0;
  }
}
