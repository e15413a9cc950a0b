// Connects one <direct-upload> with its component. The element sends the files to storage; .NET receives short events only.
import { Delivery } from './direct-upload.delivery.js';
import { ProgressReports } from './direct-upload.progress.js';

const idsPerEvent = 200; // SignalR closes a circuit that receives more than 32 KB in a message
const longestText = 1000;

export async function connect(element, callbacks, ids, hasProgress) {
  await import('./direct-upload.js');
  return new Connection(element, callbacks, ids, hasProgress);
}

class Connection {
  #element;
  #events = new AbortController();
  #delivery;
  #progress;

  constructor(element, callbacks, ids, hasProgress) {
    this.#element = element;
    this.#delivery = new Delivery((first, events) => callbacks.invokeMethodAsync('ReceiveAsync', first, events));
    this.#progress = new ProgressReports((reports) => callbacks.invokeMethodAsync('ReportAsync', reports));
    this.update(ids, hasProgress);
    const signal = this.#events.signal;
    element.addEventListener('change', (event) => event.target === element && this.#sendIds(), { signal });
    element.addEventListener('upload-ready', ({ detail }) => this.#sendReady(detail.upload), { signal });
    element.addEventListener('upload-error', ({ detail }) => this.#sendError(detail), { signal });
    element.addEventListener('upload-progress', ({ detail }) => this.#progress.add(detail.upload), { signal });
  }

  /** Takes over what the application has set; ids is null if the element already has them. */
  update(ids, hasProgress) {
    this.#progress.enabled = hasProgress;
    if (ids && ids.join() !== this.#element.values.join()) this.#element.value = ids.join();
  }

  dispose() {
    this.#events.abort();
    this.#delivery.stop();
    this.#progress.enabled = false;
  }

  #sendIds() {
    const ids = [...this.#element.values];
    do {
      const part = ids.splice(0, idsPerEvent);
      this.#delivery.add({ kind: 'ids', ids: part, isLast: ids.length === 0 });
    } while (ids.length > 0);
  }

  #sendReady(upload) {
    this.#progress.end(upload);
    const { id, fileName, contentType, size, checksumSha256 } = upload.record;
    const contentUrl = this.#element.client?.contentUrl(upload.record, upload.readToken);
    this.#delivery.add({ kind: 'ready', id, fileName, contentType, size, checksumSha256, contentUrl });
  }

  #sendError({ upload, file, error }) {
    if (upload) this.#progress.end(upload);
    const { code, message, detail, canRetry } = error;
    this.#delivery.add({
      kind: 'error', id: upload?.id, fileName: file.name, code, message: short(message), detail: short(detail), canRetry,
    });
  }
}

function short(text) {
  return text?.slice(0, longestText);
}
