// The custom element <direct-upload>.
import type { Upload, UploadClient, UploadOptions } from '../types.js';
import { announceIn } from './announcer.js';
import { type Attributes, observed, reflect } from './attributes.js';
import { refusal } from './check.js';
import { createChooser } from './chooser.js';
import { claim, sharedClient } from './clients.js';
import { make } from './dom.js';
import type { AddEventListener, DirectUploadEventMap } from './events.js';
import { type Existing, idsOf, readExisting, retireFallback } from './existing.js';
import { FormControl } from './form-control.js';
import { hasFailed, isPending, type Item, stateOf, valueOf } from './item.js';
import { createList } from './list.js';
import { needsFile, statusOf } from './status.js';
import { styles } from './styles.js';
import { createWords } from './words.js';

/** Progress is announced at most this often, in milliseconds. */
const announceEvery = 10_000;

export interface DirectUploadElement extends Attributes {
  addEventListener: AddEventListener<DirectUploadElement, HTMLElementEventMap & DirectUploadEventMap>;
}

export class DirectUploadElement extends FormControl {
  static readonly observedAttributes = observed;
  static {
    if (globalThis.HTMLElement) reflect(this.prototype);
  }

  /** Options of each upload that attributes cannot express, such as "association" and "method". */
  uploadOptions: Partial<UploadOptions> = {};
  #items: Item[] = [];
  #initial: Existing[] = [];
  #client: UploadClient | undefined;
  #custom: UploadClient | undefined;
  #isDirty = false;
  #isReported = false;
  #customError = '';
  #lastValue = '';
  #announcedAt = 0;
  #form: HTMLFormElement | null = null;
  #isDisabled = false;
  #words = createWords(() => this.#client ?? this.client);
  #field = make('div', 'field');
  #live = make('div', 'live', { role: 'status' });
  #announce = announceIn(this.#live, () => this.#words.text('summary', { ready: this.values.length, count: this.#items.length }));
  #chooser = createChooser(this, this.#field, this.#words, (files) => this.add(files));
  #list = createList({
    ...this.#words,
    isDisabled: () => this.#isDisabled,
    act: (item) => void this.#act(item),
    remove: (item) => this.#remove(item),
  }, this.#chooser.button);
  #observer = new MutationObserver(() => this.#readChildren());

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [styles()];
    this.#field.append(...this.#chooser.parts, this.#list.element, this.#list.fold, this.#live);
    root.append(this.#field);
    this.internals.role = 'group';
    this.addEventListener('invalid', () => {
      this.#isReported = true;
      this.#showError();
    });
  }

  /** The ids of the ready uploads, joined by a comma. */
  get value(): string { return this.values.join(','); }
  set value(value: string | null | undefined) { this.values = idsOf(value); }

  get values(): string[] { return this.#items.map(valueOf).filter((id) => id !== null); }
  set values(ids: Iterable<string>) {
    const wanted = [...new Set(ids)];
    if (wanted.join() === this.value) return;
    this.#isDirty = true;
    this.#setExisting(wanted.map((id) => ({ id })));
  }

  /** The uploads of this page, in the order of the list. */
  get uploads(): Upload[] { return this.#items.flatMap(({ upload }) => upload ?? []); }

  /** Whether files are on their way. */
  get pending(): boolean { return this.#items.some(isPending); }

  /** The client; by default one that all elements of the page with the same endpoint share. */
  get client(): UploadClient {
    if (this.#custom) return this.#custom;
    const language = this.getAttribute('language') ?? this.closest('[lang]')?.getAttribute('lang') ?? null;
    return sharedClient(this.getAttribute('endpoint'), language);
  }
  set client(client: UploadClient) {
    this.#custom = client;
    if (this.isConnected) this.#useClient();
  }

  /** Adds files as if they were chosen. */
  add(files: Iterable<File>): void {
    const { multiple } = this;
    const options = this.#options();
    const refused: Item[] = [];
    const accepted: File[] = [];
    this.#keep((item) => stateOf(item) !== 'refused');
    const present = multiple ? this.#items.filter(({ offer }) => !offer).length : 0;
    for (const file of files) {
      const error = refusal(file, present + accepted.length, this, this.#words);
      if (error) refused.push({ name: file.name, size: file.size, file, error });
      else accepted.push(file);
    }
    // The one that the form has stays until the new one is ready.
    const isSame = ({ offer }: Item) => !!offer && accepted.some(({ name, size }) => name === offer.fileName && size === offer.size);
    if (!multiple && accepted.length > 0) this.#discard((item) => !valueOf(item) && !isSame(item));
    this.#keep((item) => !isSame(item));
    for (const upload of this.client.uploadAll(accepted, options)) this.#track(upload);
    this.#items.push(...refused);
    this.#isDirty = true;
    this.#refresh();
    for (const item of refused) {
      this.#announce(`${item.name}: ${item.error}`);
      const error = { code: 'refused', message: item.error, source: 'browser', canRetry: false };
      this.#emit('upload-error', { upload: null, file: item.file, error });
    }
  }

  /** Sets an error of the page's own, as that of <input>; an empty text removes it. */
  setCustomValidity(message: string): void {
    this.#customError = message;
    this.#validate();
  }

  connectedCallback(): void {
    // What was set before the element was defined hides the accessors.
    for (const property of ['client', 'value', 'values']) {
      const own = Object.getOwnPropertyDescriptor(this, property);
      if (own) {
        Reflect.deleteProperty(this, property);
        Object.assign(this, { [property]: own.value });
      }
    }
    // Frameworks that patch the page also take "disabled" from the fallback.
    this.#observer.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
    this.#useClient();
    this.#readChildren();
  }

  /** Uploads continue when the element leaves the document, also if it never returns: remove() of each upload stops it. */
  disconnectedCallback(): void { this.#observer.disconnect(); }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === 'value') {
      this.#initial = readExisting(this);
      this.#setExisting(this.#initial);
    } else if (/^(endpoint|language|profile)$/.test(name)) {
      this.#useClient();
    } else {
      this.#refresh(true);
    }
  }

  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#form?.removeEventListener('submit', this.#onSubmit, true);
    this.#form = form;
    form?.addEventListener('submit', this.#onSubmit, true);
  }

  formDisabledCallback(isDisabled: boolean): void {
    this.#isDisabled = isDisabled;
    this.#refresh(true);
  }

  formResetCallback(): void {
    this.#isDirty = this.#isReported = false;
    this.#discard((item) => !item.offer && !this.#initial.some(({ id }) => id === valueOf(item)));
    this.#setExisting(this.#initial);
  }

  formStateRestoreCallback(state: unknown): void {
    try {
      const existing = JSON.parse(String(state)) as Existing[];
      this.#isDirty = true;
      this.#setExisting(existing.filter(({ id }) => typeof id === 'string'));
    } catch { /* The state of another version of the page. */ }
  }

  // Libraries for validation set "novalidate"; the promise of "block-submit" holds all the same.
  #onSubmit = (event: SubmitEvent): void => {
    const isException = (event.submitter as HTMLButtonElement | null)?.formNoValidate;
    if (!this.blockSubmit || !this.pending || isException || this.#isDisabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.reportValidity();
  };

  #useClient(): void {
    const client = this.#client = this.client;
    const render = () => {
      if (client === this.#client) this.#refresh(true);
    };
    render();
    void client.textsLoaded.then(render);
    void this.#offer(client);
  }

  async #offer(client: UploadClient): Promise<void> {
    const found = await client.interrupted().catch(() => []);
    if (client !== this.#client) return;
    for (const offer of found) {
      if (offer.profile !== this.profile || !claim(client, offer.id)) continue;
      this.#items.push({ name: offer.fileName, size: offer.size, offer });
    }
    this.#refresh();
  }

  #options(): UploadOptions {
    const metadata: Record<string, string> = {};
    for (const { name, value } of this.attributes) if (name.startsWith('metadata-')) metadata[name.slice(9)] = value;
    const own = this.uploadOptions;
    return { ...own, profile: own.profile ?? this.profile, metadata: { ...metadata, ...own.metadata } };
  }

  #track(upload: Upload, place = this.#items.length): void {
    const { file } = upload;
    const item: Item = { name: file.name, size: upload.progress.total, upload, file };
    upload.addEventListener('change', () => this.#onChange(item));
    this.#items.splice(place, 0, item);
  }

  #onChange(item: Item): void {
    const upload = item.upload!;
    if (!this.#items.includes(item)) return;
    const state = stateOf(item);
    const isNew = state !== item.state;
    item.state = state;
    if (state === 'ready' && isNew && !this.multiple) this.#discard((other) => other !== item && !other.offer);
    this.#list.update(item);
    if (isNew) this.#refresh();
    this.#emit('upload-progress', { upload });
    const now = Date.now();
    const isWorthIt = isNew ? !/^(waiting|preparing|uploaded|processing)$/.test(state)
      : state === 'uploading' && now - this.#announcedAt > announceEvery;
    if (isWorthIt) {
      const isPlain = isNew && /^(uploading|paused|ready)$/.test(state);
      this.#announce(`${item.name}: ${isPlain ? this.#words.text(state) : statusOf(item, this.#words)}`);
      this.#announcedAt = now;
    }
    if (isNew && state === 'ready') this.#emit('upload-ready', { upload });
    if (isNew && hasFailed(item)) this.#emit('upload-error', { upload, file: item.file, error: upload.error });
  }

  async #act(item: Item): Promise<void> {
    const { upload, offer } = item;
    if (upload) {
      if (upload.retrying || hasFailed(item)) upload.retry();
      else if (upload.state === 'paused') upload.resume();
      else upload.pause();
      this.#onChange(item);
    } else if (offer && needsFile(item)) {
      this.#chooser.open();
    } else if (offer) {
      try {
        const upload = await offer.resume();
        const place = this.#items.indexOf(item);
        this.#items.splice(place, 1);
        if (!this.multiple) this.#discard((other) => !valueOf(other));
        this.#track(upload, Math.min(place, this.#items.length));
      } catch (error) {
        item.error = (error as Error).message || this.#words.text('choose-again');
        this.#list.update(item);
      }
      this.#refresh();
    }
  }

  #remove(item: Item): void {
    this.#isDirty = true;
    this.#discard((other) => other === item, true);
    this.#announce(`${item.name}: ${this.#words.text('removed')}`);
    this.#refresh();
  }

  #keep(isKept: (item: Item) => boolean): void { this.#items = this.#items.filter(isKept); }

  /**
   * Takes items from the list, and aborts those on their way. A ready upload is deleted only if the person removes it: a script may have
   * saved its id already, as before the reset of a form.
   */
  #discard(isUnwanted: (item: Item) => boolean, isRemoved = false): void {
    for (const item of this.#items.filter(isUnwanted)) {
      if (isRemoved || !valueOf(item)) void this.#delete(item);
    }
    this.#keep((item) => !isUnwanted(item));
  }

  async #delete({ upload, offer }: Item): Promise<void> {
    // What cannot be removed now is deleted by the application, because nothing refers to it.
    await (upload ?? offer)?.remove().catch(() => {});
    if (upload) this.#emit('upload-removed', { upload });
  }

  /** Makes the ready items those with these ids, in this order. Files on their way stay. */
  #setExisting(existing: Existing[]): void {
    const described = readExisting(this);
    const items = existing.map((entry) => this.#items.find((item) => valueOf(item) === entry.id)
      ?? this.#existing({ ...entry, ...described.find(({ id }) => id === entry.id) }));
    this.#items = [...items, ...this.#items.filter((item) => !valueOf(item))];
    this.#refresh(true);
  }

  #existing({ name = '', ...given }: Existing): Item {
    const item: Item = { name, ...given };
    const { id, picture } = given;
    const { client } = this;
    if (!name || !picture) void client.known(id).then((found) => {
      if (!found) return;
      const { record, readToken } = found;
      if (!name) item.name = record.fileName;
      item.size = record.size;
      if (record.contentType.startsWith('image/')) {
        item.picture ??= { srcset: client.srcset(record, readToken), src: client.contentUrl(record, readToken) };
      }
      this.#refresh(true);
    }).catch(() => {});
    return item;
  }

  #readChildren(): void {
    const chosen = retireFallback(this);
    const before = this.#initial;
    this.#initial = readExisting(this);
    if (!this.#isDirty && JSON.stringify(before) !== JSON.stringify(this.#initial)) this.#setExisting(this.#initial);
    if (chosen.length > 0) this.add(chosen);
  }

  /** Shows the state. The value's events are for changes by the person and by uploads, as those of <input>. */
  #refresh(isSilent = false): void {
    if (!this.#client) return;
    for (const item of this.#items) item.name ||= this.#words.text('uploaded-file');
    const hasItems = this.#items.length > 0;
    this.#field.classList.toggle('some', hasItems);
    this.#chooser.update(hasItems);
    this.#chooser.button.disabled = this.#isDisabled;
    this.#list.show(this.#items, isSilent);
    this.#setFormValue();
    this.#validate();
    const changed = this.value !== this.#lastValue;
    this.#lastValue = this.value;
    if (changed && !isSilent) {
      this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      this.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  #setFormValue(): void {
    const data = new FormData();
    for (const id of this.values) data.append(this.name, id);
    const state = this.#items.filter(valueOf).map((item) => ({ id: valueOf(item), name: item.name }));
    this.internals.setFormValue(this.name ? data : null, JSON.stringify(state));
  }

  #validate(): void {
    const { pending } = this;
    const isWaiting = pending && this.blockSubmit;
    const isMissing = this.required && this.values.length === 0;
    const message = this.#customError
      || (isWaiting || (isMissing && pending) ? this.#words.text('wait') : isMissing ? this.#words.text('required') : '');
    this.internals.setValidity(message ? { customError: isWaiting || !!this.#customError, valueMissing: isMissing } : {},
      message, this.#chooser.button);
    this.#showError();
  }

  #showError(): void { this.#chooser.showError(this.#isReported ? this.validationMessage : ''); }

  #emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }
}
