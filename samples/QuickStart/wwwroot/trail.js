// The life-cycle trail of one upload: Requested → Uploading → Uploaded → Processing → Ready, with the time each step took.
import { element } from './dom.js';
import { duration } from './format.js';

const steps = ['requested', 'uploading', 'uploaded', 'processing', 'ready'];
const label = (word) => word[0].toUpperCase() + word.slice(1);
const stepOf = (status) => (status === 'preparing' ? 'requested' : status);

export class Trail {
  #items = steps.map((step) => {
    const time = element('span', { className: 'step-time' });
    const name = element('span', { className: 'step-name', textContent: label(step) });
    const item = element('li', { 'data-step': step, 'data-state': 'todo' }, element('span', { className: 'dot', 'aria-hidden': 'true' }), name, time);
    return { item, name, time, spent: 0 };
  });
  #current = -1;
  #entered = 0;

  node = element('ol', { className: 'trail', 'data-testid': 'trail', 'aria-label': 'Life cycle' }, ...this.#items.map(({ item }) => item));

  /** A status on the way. */
  enter(status) {
    const index = steps.indexOf(stepOf(status));
    if (index < 0 || index === this.#current) return;
    this.#leave();
    this.#current = index;
    this.#entered = performance.now();
    this.#items.forEach(({ item, time }, place) => {
      item.dataset.state = place < index ? 'done' : place === index ? 'current' : 'todo';
      if (place > index) time.textContent = '';
      item.toggleAttribute('aria-current', false);
    });
    this.#items[index].item.setAttribute('aria-current', 'step');
  }

  /** The time of the step that is running, while it runs. */
  tick() {
    const step = this.#items[this.#current];
    if (step && this.#entered) step.time.textContent = duration(step.spent + performance.now() - this.#entered);
  }

  /** The last status: ready, or one that ends the trail early. `error` is a step that failed but can be tried again. */
  finish(status) {
    this.#leave();
    const verdict = ['ready', 'rejected', 'failed', 'deleted'].includes(status);
    const last = this.#items.at(-1);
    if (verdict) {
      for (const step of this.#items) {
        step.item.dataset.state = 'done';
        // A small upload is checked and processed inside the call that confirms it.
        if (step.spent === 0 && step !== last) step.time.textContent = 'at once';
      }
      last.name.textContent = label(status);
      if (status === 'ready') last.time.textContent = `in ${duration(this.#total)}`;
      else if (status !== 'deleted') last.item.dataset.state = 'bad';
      // Deleted later: the trail stays as history, with its total gone.
      else last.time.textContent = '';
    } else if (this.#current >= 0) {
      this.#items[this.#current].item.dataset.state = status === 'aborted' ? 'stopped' : 'bad';
    }
    for (const { item } of this.#items) item.removeAttribute('aria-current');
  }

  reset() {
    this.#current = -1;
    this.#entered = 0;
    for (const step of this.#items) {
      step.spent = 0;
      step.time.textContent = '';
      step.item.dataset.state = 'todo';
    }
    this.#items.at(-1).name.textContent = 'Ready';
  }

  get #total() { return this.#items.reduce((sum, { spent }) => sum + spent, 0); }

  #leave() {
    const step = this.#items[this.#current];
    if (!step || !this.#entered) return;
    step.spent += performance.now() - this.#entered;
    step.time.textContent = duration(step.spent);
    this.#entered = 0;
  }
}
