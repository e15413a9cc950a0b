// The table of the visitor's records. It refreshes after each change on the page, and while an upload is pending.
import { announce, element, foreign } from './dom.js';
import { ago, bytes, mediaType } from './format.js';
import { call } from './http.js';

const pending = new Set(['requested', 'uploaded', 'processing']);
const whilePending = 3_000;
const afterChange = 200;

export class RecordsTable {
  #body = document.getElementById('records');
  #table = this.#body.closest('table');
  #empty = document.getElementById('records-empty');
  #error = document.getElementById('records-error');
  #rows = new Map();
  #timer;
  #loading = null;
  #stale = false;

  constructor() {
    setInterval(() => this.#age(), 1_000);
    document.addEventListener('records-changed', () => this.refresh(0));
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.refresh(); });
    this.refresh(0);
  }

  /** Several changes cause one request; a change during a request causes another one after it. */
  refresh(wait = afterChange) {
    if (this.#loading) { this.#stale = true; return; }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#loading = this.#load(); }, wait);
  }

  async #load() {
    let again = null;
    try {
      const records = await call('GET', '/records');
      this.#show(records);
      this.#error.hidden = true;
      if (records.some(({ status }) => pending.has(status))) again = whilePending;
    } catch (error) {
      this.#error.textContent = `The records could not be loaded. ${error.message}`;
      this.#error.hidden = false;
      again = whilePending;
    }
    this.#loading = null;
    if (this.#stale) again = afterChange;
    this.#stale = false;
    // A hidden page does not poll; it refreshes when it becomes visible.
    if (again !== null && !document.hidden) this.refresh(again);
  }

  #show(records) {
    // An unchanged row keeps its element, so that focus and selection survive a refresh.
    const rows = records.map((record) => {
      const version = JSON.stringify(record);
      const known = this.#rows.get(record.id);
      return [record.id, known?.version === version ? known : { version, node: recordRow(record) }];
    });
    this.#rows = new Map(rows);
    const nodes = [...this.#rows.values()].map(({ node }) => node);
    if (nodes.length !== this.#body.children.length || nodes.some((node, place) => node !== this.#body.children[place])) {
      place(this.#body, nodes);
    }
    this.#table.hidden = nodes.length === 0;
    this.#empty.hidden = nodes.length > 0;
    this.#age();
  }

  #age() {
    for (const time of this.#body.querySelectorAll('time')) time.textContent = ago(time.dateTime);
  }
}

/** Moves only elements in the wrong place, because a moved element loses its focus. */
function place(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

/** Shows the number of processing attempts, and why the last attempt failed. */
function attempts({ id, status, attempts, lastError }) {
  if (!attempts) return ['–'];
  return [
    element('span', { 'data-testid': 'attempts', textContent: attempts === 1 ? '1 attempt' : `${attempts} attempts` }),
    lastError && status !== 'ready' && element('span', { className: 'record-fault', textContent: lastError, title: lastError }),
    status === 'failed' && element('button', { className: 'button quiet small', type: 'button', 'data-testid': 'retry', textContent: 'Try again', onclick: (event) => retry(event.target, id) }),
  ].filter(Boolean);
}

async function retry(button, id) {
  button.disabled = true;
  try {
    await call('POST', `/records/${encodeURIComponent(id)}/retry`);
  } catch (error) {
    announce(error.message);
    button.disabled = false;
  }
  document.dispatchEvent(new Event('records-changed'));
}

function recordRow(record) {
  const { id, profile, fileName, contentType, size, status, createdAt, bucket, key, error, properties, contentUrl } = record;
  const cell = (settings, ...children) => element('td', { role: 'cell', ...settings }, ...children);
  const name = foreign(fileName, { className: 'name' });

  return element('tr', { role: 'row', 'data-testid': 'record-row', 'data-status': status, 'data-id': id },
    cell({ className: 'record-file' },
      // The link needs the visitor's cookie: the content endpoint admits the owner.
      contentUrl
        ? element('a', { href: contentUrl, target: '_blank', rel: 'noopener noreferrer', 'data-testid': 'content-link' }, name)
        : name,
      error && element('span', { className: 'record-error', textContent: error.detail, title: error.code }),
      ...Object.entries(properties ?? {}).map(([what, value]) => element('span', { className: 'record-property', 'data-testid': 'property', textContent: `${what}: ${value}` }))),
    cell({}, element('span', { className: 'chip', 'data-status': status, textContent: status })),
    cell({ className: 'record-attempts' }, ...attempts(record)),
    cell({}, element('span', { textContent: mediaType(contentType), title: `${contentType}, profile ${profile}` })),
    cell({ className: 'number' }, bytes(size)),
    cell({}, element('time', { dateTime: createdAt, title: new Date(createdAt).toLocaleString() })),
    cell({ className: 'record-key' },
      element('code', { title: `${bucket}/${key}` }, element('bdi', { textContent: `${bucket}/${key}` }))));
}
