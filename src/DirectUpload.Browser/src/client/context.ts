// What the uploads of one client share.
import type { UploadClientOptions } from '../types.js';
import { Events } from './events.js';
import { Http } from './http.js';
import { Requests } from './requests.js';
import { store, type StoredUpload } from './store.js';
import { TextSource } from './texts.js';

const fresh = 100;

export class Context {
  readonly http: Http;
  readonly requests: Requests;
  readonly events: Events;
  readonly texts: TextSource;
  readonly concurrency: number;
  readonly remembers: boolean;
  #rows: Promise<StoredUpload[]> | null = null;

  constructor(options: UploadClientOptions) {
    this.http = new Http(options);
    this.requests = new Requests(this.http);
    this.events = new Events(this.http);
    this.texts = new TextSource(options.language, options.texts);
    this.concurrency = Math.min(Math.max(options.concurrency || 6, 1), 20);
    this.remembers = options.resume !== false;
  }

  /** The uploads that this browser remembers; read once for files that are added together. */
  remembered(): Promise<StoredUpload[]> {
    if (!this.remembers) return Promise.resolve([]);
    setTimeout(() => { this.#rows = null; }, fresh);
    return this.#rows ??= store.list(this.http.endpoint);
  }
}
