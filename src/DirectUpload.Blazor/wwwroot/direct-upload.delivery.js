// Delivers events to .NET in order and each once, also when the connection to the server is interrupted in between.
import { isConnected } from './direct-upload.circuit.js';

const patience = 5000; // milliseconds until an event without an answer is sent again
const longestCall = 16_000; // characters

export class Delivery {
  #send;
  #waiting = [];
  #last = 0;
  #sentAt = 0;
  #timer = null;
  #stopped = false;

  /** @param send Sends events, of which the first has the given number; resolves with the number of the last that .NET has. */
  constructor(send) {
    this.#send = send;
  }

  /** Sends at once: what the user does next, such as submitting a form, must not overtake it. */
  add(event) {
    if (this.#stopped) return;
    const message = { number: ++this.#last, event };
    this.#waiting.push(message);
    void this.#post([message]);
  }

  stop() {
    this.#stopped = true;
    this.#waiting = [];
    clearTimeout(this.#timer);
  }

  async #post(messages) {
    this.#timer ??= setTimeout(() => this.#check(), patience / 5);
    if (!isConnected()) return;
    this.#sentAt = performance.now();
    try {
      const received = await this.#send(messages[0].number, messages.map((message) => message.event));
      this.#waiting = this.#waiting.filter((message) => message.number > received);
    } catch (error) {
      // The component is gone. Everything else is sent again.
      if (/tracked object/.test(error?.message)) this.stop();
    }
  }

  #check() {
    this.#timer = null;
    if (this.#stopped || this.#waiting.length === 0) return;
    if (isConnected() && performance.now() - this.#sentAt >= patience) void this.#post(this.#firstWaiting());
    else this.#timer = setTimeout(() => this.#check(), patience / 5);
  }

  #firstWaiting() {
    let length = 0;
    const end = this.#waiting.findIndex((message) => (length += JSON.stringify(message.event).length) > longestCall);
    return this.#waiting.slice(0, end < 0 ? undefined : Math.max(1, end));
  }
}
