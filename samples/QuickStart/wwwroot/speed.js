// Bytes per second over the last few seconds: an average from the start would hide that a line got slow.

const windowLength = 3_000;

export class Speed {
  #samples = [];

  add(count, now = performance.now()) {
    this.#samples.push({ count, now });
    while (this.#samples.length > 2 && now - this.#samples[0].now > windowLength) this.#samples.shift();
  }

  /** Null until there is something to measure. */
  get bytesPerSecond() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    const elapsed = last && last.now - first.now;
    return elapsed > 50 ? ((last.count - first.count) / elapsed) * 1000 : null;
  }
}
