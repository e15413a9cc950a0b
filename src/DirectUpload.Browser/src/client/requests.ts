// Requests uploads, many in one call where there are many. One call is on its way at a time, and the next one takes what has gathered.
import type { Grant, RequestBody } from './contract.js';
import { type Answer, type Http, refusal } from './http.js';

interface Waiter { body: RequestBody; resolve(answer: Answer<Grant>): void; reject(error: unknown): void }
interface BatchAnswer { uploads: { grant?: Grant; problem?: { code: string; detail: string; status: number } }[] }

const mostInBatch = 100;
const longestGathering = 400;

export class Requests {
  #http: Http;
  #waiting: Waiter[] = [];
  #announced = new Set<object>();
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(http: Http) { this.#http = http; }

  /** Announces a request that will come soon. A call waits a moment for those that are announced. The result withdraws it. */
  announce(): () => void {
    const announcement = {};
    this.#announced.add(announcement);
    return () => { if (this.#announced.delete(announcement)) this.#next(); };
  }

  request(body: RequestBody): Promise<Answer<Grant>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ body, resolve, reject });
      this.#timer ??= setTimeout(() => this.#send(), longestGathering);
      this.#next();
    });
  }

  #next(): void {
    // The announcement of the one that just asked is withdrawn in the same turn.
    queueMicrotask(() => { if (this.#announced.size === 0 || this.#waiting.length >= mostInBatch) void this.#send(); });
  }

  async #send(): Promise<void> {
    if (this.#busy || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#busy = true;
    const batch = this.#waiting.splice(0, mostInBatch);
    await (batch.length === 1 ? this.#sendOne(batch[0]!) : this.#sendMany(batch));
    this.#busy = false;
    this.#next();
  }

  async #sendOne({ body, resolve, reject }: Waiter): Promise<void> {
    await this.#http.call<Grant>('POST', '', { body }).then(resolve, reject);
  }

  async #sendMany(batch: Waiter[]): Promise<void> {
    try {
      const answer = await this.#http.call<BatchAnswer>('POST', '/batch', { body: { uploads: batch.map(({ body }) => body) } });
      batch.forEach(({ resolve, reject }, index) => {
        const { grant, problem } = answer.body.uploads[index] ?? {};
        if (grant) resolve({ ...answer, body: grant });
        else reject(refusal(problem?.status ?? 500, problem, answer.retryAfter));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
