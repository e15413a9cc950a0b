// One file on the page: what it is, where it is in its life, and what can be done about it.
import { contentUrl, hasVariant, isImage } from './content.js';
import { contentTypeOf } from './content-type.js';
import { announce, element, foreign } from './dom.js';
import { bytes, duration } from './format.js';
import { UploadProblem } from './problem.js';
import { enqueue } from './queue.js';
import { Speed } from './speed.js';
import { Trail } from './trail.js';
import { DirectUpload } from './upload.js';
import { explain, explainRecord } from './words.js';

const onTheWay = new Set(['waiting', 'preparing', 'requested', 'uploading', 'uploaded', 'processing']);

const words = {
  waiting: 'Waiting for its turn',
  preparing: 'Computing the SHA-256 and asking the application',
  requested: 'Granted',
  uploading: 'Sending to S3',
  uploaded: 'In S3; the application is checking it',
  processing: 'The application is processing it',
  ready: 'Ready',
  rejected: 'Rejected',
  failed: 'Failed',
  expired: 'Expired',
  aborted: 'Cancelled',
  deleted: 'Deleted',
  error: 'Stopped by a problem',
};

export class UploadRow {
  #file;
  #profile;
  #changed;
  #upload;
  #speed;
  #leaveQueue;
  #clock;
  #words = null;
  #trail = new Trail();

  #picture = element('div', { className: 'picture', 'aria-hidden': 'true' });
  #status = element('span', { className: 'row-status', 'data-testid': 'status' });
  #destination = element('span', { className: 'destination', 'data-testid': 'destination' });
  #bar = element('div', { className: 'bar', role: 'progressbar', 'data-testid': 'progress', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': '0' }, element('i'));
  #error = element('div', { className: 'trouble', 'data-testid': 'error', hidden: true });
  #actions = element('div', { className: 'actions' });

  /** @param changed called after each change of status */
  constructor(file, profile, changed) {
    this.#file = file;
    this.#profile = profile;
    this.#changed = changed;
    this.#bar.setAttribute('aria-label', `Progress of ${file.name}`);
    this.node = element('li', { className: 'row', 'data-testid': 'upload-row', 'data-profile': profile },
      this.#picture,
      element('div', { className: 'row-words' },
        element('div', { className: 'row-title' },
          foreign(file.name, { className: 'name', 'data-testid': 'file-name' }),
          element('span', { className: 'size', textContent: bytes(file.size) })),
        element('div', { className: 'row-line' }, this.#status, this.#destination)),
      this.#actions, this.#bar, this.#trail.node, this.#error);
    this.#preview();
    this.start();
  }

  /** True while leaving the page would lose something. */
  get isSending() { return ['waiting', 'preparing', 'requested', 'uploading'].includes(this.node.dataset.status); }
  get id() { return this.node.dataset.id; }
  get readToken() { return this.#upload?.readToken ?? null; }

  start() {
    // After a refusal that trying again can mend, the same upload carries on at the step that failed.
    this.#upload ??= new DirectUpload(this.#file, {
      profile: this.#profile,
      contentType: contentTypeOf(this.#file),
      onStatus: (status) => this.#show(status),
      onProgress: (fraction) => this.#progress(fraction),
      onRetry: (problem, wait) => { this.#status.textContent = `${explain(problem).title} Asking again in ${duration(wait)}.`; },
    });
    this.#speed = new Speed();
    this.#words = null;
    this.#trail.reset();
    this.#progress(0);
    this.#show('waiting');
    this.#leaveQueue = enqueue(() => this.#run());
  }

  async #run() {
    const upload = this.#upload;
    this.#clock = setInterval(() => this.#trail.tick(), 100);
    try {
      await upload.run();
    } catch (problem) {
      if (upload.status === 'aborted' || problem.name === 'AbortError') return;
      if (!(problem instanceof UploadProblem)) console.error(problem);
      this.#words = explain(problem);
      this.#show({ mismatch: 'rejected', expired: 'expired' }[problem.code] ?? 'error');
    } finally {
      clearInterval(this.#clock);
    }
  }

  async #cancel() {
    this.#leaveQueue();
    this.#actions.replaceChildren();
    this.#status.textContent = 'Cancelling';
    await this.#upload.cancel();
    // Cancelled a second time before it began again: to the upload that is no change.
    if (this.node.dataset.status !== 'aborted') this.#show('aborted');
  }

  async #delete(event) {
    event.target.disabled = true;
    try {
      await this.#upload.remove();
    } catch (problem) {
      this.#trouble(explain(problem));
      event.target.disabled = false;
    }
  }

  #show(status) {
    const { node } = this;
    node.dataset.status = status;
    if (this.#upload.id) node.dataset.id = this.#upload.id;
    this.#status.textContent = words[status] ?? status;
    const { destination } = this.#upload;
    this.#destination.textContent = destination ? `${destination.method} → ${destination.host}` : '';

    if (onTheWay.has(status)) this.#trail.enter(status);
    else this.#trail.finish(status);
    if (['rejected', 'failed', 'expired'].includes(status)) this.#words ??= explainRecord(this.#upload.record ?? { status });
    this.#bar.hidden = !onTheWay.has(status);
    if (status === 'uploading') this.#speed.add(0);
    if (status === 'uploaded') this.#progress(1);
    this.#trouble(this.#words);
    this.#picture.classList.toggle('dim', status !== 'ready');
    if (status === 'ready') this.#thumbnail();
    if (status === 'deleted') this.#glyph();
    this.#offer(status);

    if (!['waiting', 'preparing', 'requested'].includes(status)) {
      announce(`${this.#file.name}: ${this.#words?.title ?? words[status]}`);
    }
    this.#changed();
  }

  #progress(fraction) {
    const percent = Math.floor(fraction * 100);
    this.#bar.setAttribute('aria-valuenow', percent);
    this.#bar.style.setProperty('--done', fraction);
    if (this.#upload?.status !== 'uploading') return;
    this.#speed.add(fraction * this.#file.size);
    const speed = this.#speed.bytesPerSecond;
    this.#status.textContent = percent === 100
      ? 'All sent; waiting for S3 to answer'
      : `${words.uploading}: ${percent}%${speed ? ` at ${bytes(speed)}/s` : ''}`;
  }

  #trouble(problem) {
    this.#error.hidden = !problem;
    if (!problem) {
      delete this.node.dataset.errorCode;
      return;
    }
    this.node.dataset.errorCode = problem.code;
    this.#error.replaceChildren(
      element('strong', { textContent: problem.title }),
      problem.detail ? element('p', { textContent: problem.detail }) : null,
      element('p', { className: 'said-by' }, `${problem.who} · `, element('code', { textContent: problem.code })));
  }

  #offer(status) {
    const button = (testid, text, onclick, extra = '') =>
      element('button', { type: 'button', className: `button ${extra}`, 'data-testid': testid, 'aria-label': `${text}: ${this.#file.name}`, onclick }, text);
    const retry = () => button('retry', 'Try again', () => {
      if (!['error', 'aborted'].includes(status)) this.#upload = null;
      this.start();
    });
    const dismiss = () => button('dismiss', 'Dismiss', () => this.#dismiss(), 'quiet');

    const offers = [];
    if (onTheWay.has(status)) offers.push(button('cancel', 'Cancel', () => this.#cancel(), 'quiet'));
    else if (status === 'ready') offers.push(this.#link(), button('delete', 'Delete', (event) => this.#delete(event), 'quiet danger'));
    else if (status === 'deleted' || (this.#words && !this.#words.canRetry)) offers.push(dismiss());
    else offers.push(retry(), dismiss());

    // Each status brings new buttons; the keyboard must not lose its place with the old ones, nor a click fall between two.
    const same = this.#actions.childElementCount === offers.length
      && offers.every((offer, place) => offer.dataset.testid === this.#actions.children[place].dataset.testid);
    if (same && onTheWay.has(status)) return;
    const hadFocus = this.#actions.contains(document.activeElement);
    this.#actions.replaceChildren(...offers);
    if (hadFocus) offers[0].focus();
  }

  #link() {
    return element('a', {
      className: 'button', 'data-testid': 'content-link', href: contentUrl(this.#upload.record, this.readToken),
      target: '_blank', rel: 'noopener noreferrer', 'aria-label': `Open ${this.#file.name}`,
    }, 'Open');
  }

  /** What the person chose, from memory, until there is what S3 serves. */
  #preview() {
    if (!isImage(this.#file.type)) return this.#glyph();
    const url = URL.createObjectURL(this.#file);
    const done = () => URL.revokeObjectURL(url);
    this.#picture.replaceChildren(element('img', { alt: '', onload: done, onerror: () => { done(); this.#glyph(); }, src: url, 'data-testid': 'preview' }));
  }

  #thumbnail() {
    const { record } = this.#upload;
    if (!isImage(record.contentType ?? this.#file.type)) return;
    const src = contentUrl(record, this.readToken, hasVariant(record, 'thumb') ? 'thumb' : undefined);
    const image = element('img', { alt: '', referrerPolicy: 'no-referrer', 'data-testid': 'thumbnail', onerror: () => this.#glyph() });
    image.src = src;
    this.#picture.replaceChildren(image);
  }

  #glyph() {
    const ending = this.#file.name.includes('.') ? this.#file.name.split('.').at(-1) : '';
    const text = /^[a-z0-9]{1,4}$/i.test(ending) ? ending : 'file';
    this.#picture.replaceChildren(element('span', { className: 'glyph', textContent: text.toUpperCase() }));
  }

  #dismiss() {
    const neighbour = this.node.nextElementSibling ?? this.node.previousElementSibling;
    this.node.remove();
    this.#changed();
    (neighbour?.querySelector('button, a') ?? document.getElementById('file-input')).focus();
  }
}
