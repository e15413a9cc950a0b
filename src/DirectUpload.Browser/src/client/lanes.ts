// The requests to storage of all uploads of the page share these lanes. Their number follows the throughput.
import { abortable } from './abortable.js';

interface Waiter { owner: object; most: number; start(release: Release): void }

/** Ends the use of a lane, with the kind of failure if there was one. */
export type Release = (failure?: 'lost' | 'busy' | null) => void;

const start = 3;
const windowLength = 500;
const growth = 1.03;
const explore = 5_000;
// One lost connection is no sign of too many.
const mostLost = 3;

export class Lanes {
  limit = start;
  #active = new Map<object, number>();
  #count = 0;
  #waiting = new Set<Waiter>();
  #now: () => number;
  #bytes = 0;
  #since = 0;
  #best = 0;
  #bestAt = 0;
  #wasFull = false;
  #shrunkAt = -Infinity;
  #lost = 0;

  constructor(now: () => number = () => performance.now()) { this.#now = now; }

  acquire(owner: object, most: number, signal: AbortSignal): Promise<Release> {
    const waiting = this.#waiting;
    const taken = abortable<Release>(signal, (start) => {
      const waiter = { owner, most, start };
      waiting.add(waiter);
      return () => waiting.delete(waiter);
    });
    this.#next();
    return taken;
  }

  /** Counts bytes while they are sent, so that large parts are measured before they end. */
  sent(bytes: number): void {
    this.#bytes += bytes;
    this.#measure();
  }

  #next(): void {
    while (this.#count < this.limit) {
      // The upload with the fewest lanes is first, so that a large file does not hold back the small ones.
      let chosen: Waiter | undefined;
      for (const waiter of this.#waiting) {
        if (this.#count < waiter.most && (!chosen || this.#of(waiter) < this.#of(chosen))) chosen = waiter;
      }
      if (!chosen) return;
      if (this.#count++ === 0) this.#restart();
      this.#active.set(chosen.owner, this.#of(chosen) + 1);
      chosen.start(this.#releaseOf(chosen));
    }
    this.#wasFull = true;
  }

  #of({ owner }: Waiter): number { return this.#active.get(owner) ?? 0; }

  #releaseOf(waiter: Waiter): Release {
    let used = true;
    return (failure) => {
      if (!used) return;
      used = false;
      this.#count--;
      const left = this.#of(waiter) - 1;
      if (left > 0) this.#active.set(waiter.owner, left);
      else this.#active.delete(waiter.owner);
      if (failure) this.#shrink(failure);
      else {
        this.#lost = 0;
        this.#measure();
      }
      this.#next();
    };
  }

  #measure(): void {
    const now = this.#now();
    const elapsed = now - this.#since;
    if (elapsed < windowLength) return;
    const rate = this.#bytes / elapsed;
    // Only a full window with requests that wait says whether another lane would help.
    if (this.#wasFull && this.#waiting.size > 0 && (rate > this.#best * growth || now - this.#bestAt > explore)) {
      this.#best = rate;
      this.#bestAt = now;
      this.limit++;
    }
    this.#restart();
    this.#next();
  }

  /** One failure is often seen by several requests at once; it counts once per window. */
  #shrink(failure: 'lost' | 'busy'): void {
    const now = this.#now();
    if (now - this.#shrunkAt < windowLength || (failure === 'lost' && ++this.#lost < mostLost)) return;
    this.#shrunkAt = now;
    this.#lost = 0;
    this.limit = failure === 'busy' ? Math.ceil(this.limit / 2) : Math.max(Math.min(2, this.limit), this.limit - 1);
    this.#best *= 0.8;
    this.#restart();
  }

  #restart(): void {
    this.#since = this.#now();
    this.#bytes = 0;
    this.#wasFull = this.#count >= this.limit;
  }
}

/** The lanes of this page. */
export const lanes = new Lanes();
