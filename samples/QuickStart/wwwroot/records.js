// The table of this visitor's records, kept fresh: after each change on the page, and while something is pending.
import { contentUrl } from './content.js';
import { announce, element, foreign } from './dom.js';
import { ago, bytes, inTime } from './format.js';
import { call } from './http.js';
import { explain, explainRecord } from './words.js';

const pending = new Set(['requested', 'uploaded', 'processing']);
const whilePending = 3_000;
const afterChange = 200;

export class RecordsTable {
  #body = document.getElementById('records');
  #table = this.#body.closest('table');
  #empty = document.getElementById('records-empty');
  #trouble = document.getElementById('records-trouble');
  #rows = new Map();
  #readTokenOf;
  #timer;
  #loading = null;
  #stale = false;

  /** @param readTokenOf (id) => the read token that this page was granted, or null */
  constructor(readTokenOf) {
    this.#readTokenOf = readTokenOf;
    setInterval(() => this.#age(), 1_000);
    document.addEventListener('records-changed', () => this.refresh(0));
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.refresh(); });
    this.refresh(0);
  }

  /** Many changes at once make one call; a change during a call makes one more after it. */
  refresh(wait = afterChange) {
    if (this.#loading) { this.#stale = true; return; }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#loading = this.#load(); }, wait);
  }

  async #load() {
    let again = null;
    try {
      const { body } = await call('GET', '/records');
      this.#show(Array.isArray(body) ? body : []);
      this.#trouble.hidden = true;
      if (body?.some(({ status }) => pending.has(status))) again = whilePending;
    } catch (problem) {
      this.#trouble.textContent = `The records could not be loaded. ${explain(problem).title}`;
      this.#trouble.hidden = false;
      again = whilePending;
    }
    this.#loading = null;
    if (this.#stale) again = afterChange;
    this.#stale = false;
    // Out of sight nobody watches; coming back refreshes.
    if (again !== null && !document.hidden) this.refresh(again);
  }

  #show(records) {
    // A row that did not change stays the same element, so that focus and selection survive a refresh.
    const rows = records.map((record) => {
      const readToken = this.#readTokenOf(record.id);
      const version = JSON.stringify([record, readToken]);
      const known = this.#rows.get(record.id);
      return [record.id, known?.version === version ? known : { version, node: recordRow(record, readToken) }];
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
    for (const time of this.#body.querySelectorAll('time')) time.textContent = time.dataset.toCome === undefined ? ago(time.dateTime) : `next ${inTime(time.dateTime)}`;
  }
}

/** Moves only what is out of place: moving an element takes its focus. */
function place(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

/** How often the application tried to process it, what it stumbled over, and when it tries again. */
function attempts({ id, status, attempts, fault, nextTryAt }) {
  if (!attempts) return ['–'];
  return [
    element('span', { 'data-testid': 'attempts', textContent: attempts === 1 ? '1 try' : `${attempts} tries` }),
    nextTryAt && element('time', { className: 'record-next', dateTime: nextTryAt, 'data-to-come': '' }),
    fault && status !== 'ready' && element('span', { className: 'record-fault', textContent: fault, title: fault }),
    status === 'failed' && element('button', { className: 'button quiet small', type: 'button', 'data-testid': 'retry', textContent: 'Try again', onclick: (event) => retry(event.target, id) }),
  ].filter(Boolean);
}

async function retry(button, id) {
  button.disabled = true;
  try {
    await call('POST', `/records/${encodeURIComponent(id)}/retry`);
  } catch (problem) {
    announce(explain(problem).title);
    button.disabled = false;
  }
  document.dispatchEvent(new Event('records-changed'));
}

function recordRow(record, readToken) {
  const { id, profile, fileName, size, status, createdAt, bucket, key, error, findings } = record;
  const cell = (settings, ...children) => element('td', { role: 'cell', ...settings }, ...children);
  const name = foreign(fileName, { className: 'name' });
  // Without a token the link would need the host's own authorisation; the application says so by sending contentUrl.
  const canOpen = status === 'ready' && (readToken || record.contentUrl);
  const problem = error && explainRecord(record);

  return element('tr', { role: 'row', 'data-testid': 'record-row', 'data-status': status, 'data-id': id },
    cell({ className: 'record-file' },
      canOpen
        ? element('a', { href: contentUrl(record, readToken), target: '_blank', rel: 'noopener noreferrer' }, name)
        : name,
      problem && element('span', { className: 'record-error', textContent: problem.detail || problem.title, title: error.code }),
      ...Object.entries(findings ?? {}).map(([what, value]) => element('span', { className: 'record-finding', 'data-testid': 'finding', textContent: `${what}: ${value}` }))),
    cell({}, element('span', { className: 'chip', 'data-status': status, textContent: status })),
    cell({ className: 'record-attempts' }, ...attempts(record)),
    cell({}, profile),
    cell({ className: 'number' }, bytes(size)),
    cell({}, element('time', { dateTime: createdAt, title: new Date(createdAt).toLocaleString() })),
    cell({ className: 'record-key' },
      element('code', { title: `${bucket}/${key}` }, element('bdi', { textContent: `${bucket}/${key}` }))));
}
