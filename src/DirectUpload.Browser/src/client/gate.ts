// Lets a limited number in at a time, in the order of arrival.
import { abortable } from './abortable.js';

export class Gate {
  #free: number;
  #waiting = new Set<() => void>();

  constructor(size: number) { this.#free = size; }

  /** Returns a function that leaves. */
  async enter(signal: AbortSignal): Promise<() => void> {
    if (this.#free > 0) this.#free--;
    else {
      await abortable(signal, (resolve) => {
        this.#waiting.add(resolve);
        return () => this.#waiting.delete(resolve);
      });
    }
    let leave = () => {
      leave = () => {};
      const [next] = this.#waiting;
      if (next) next();
      else this.#free++;
    };
    return () => leave();
  }
}
