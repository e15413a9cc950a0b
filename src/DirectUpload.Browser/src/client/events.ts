// One stream of server-sent events for all uploads of an endpoint, because a browser opens at most six HTTP/1.1 connections to a host.
// EventSource cannot send headers, and tokens must not be in URLs; fetch can.
import type { UploadRecord } from '../types.js';
import { abortable } from './abortable.js';
import { terminal } from './contract.js';
import type { Http } from './http.js';

const mostUploads = 100;
const gathering = 50;

interface Watcher { token: string; push(record: UploadRecord): void; close(): void }

export class Events {
  #http: Http;
  #watchers = new Map<string, Watcher>();
  #last: string | undefined;
  #reading: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(http: Http) { this.#http = http; }

  /** Reports changes until the upload is terminal. Resolves early when there is no stream (any more); then the caller polls. */
  watch(id: string, token: string, signal: AbortSignal, onChange: (record: UploadRecord) => void): Promise<void> {
    if (this.#watchers.size >= mostUploads) return Promise.resolve();
    return abortable(signal, (close) => {
      const push = (record: UploadRecord) => {
        onChange(record);
        if (terminal.has(record.status)) close();
      };
      this.#watchers.set(id, { token, push, close });
      // Uploads that are added together need one connection.
      this.#timer ??= setTimeout(() => this.#connect(), gathering);
      return () => {
        this.#watchers.delete(id);
        if (this.#watchers.size === 0) this.#reading?.abort();
      };
    });
  }

  async #connect(): Promise<void> {
    this.#timer = undefined;
    this.#reading?.abort();
    if (this.#watchers.size === 0) return;
    const reading = this.#reading = new AbortController();
    const followed = new Map(this.#watchers);
    try {
      await this.#read(followed, reading.signal);
    } catch { /* Closing the watchers makes their uploads poll. */ }
    if (this.#reading !== reading) return;
    this.#reading = undefined;
    for (const watcher of followed.values()) watcher.close();
  }

  async #read(followed: Map<string, Watcher>, signal: AbortSignal): Promise<void> {
    const query = [...followed.keys()].map((id) => `id=${encodeURIComponent(id)}`).join('&');
    const headers: Record<string, string> = {
      Accept: 'text/event-stream',
      'Upload-Token': [...followed.values()].map(({ token }) => token).join(', '),
    };
    // Continues after the last event, also with other uploads.
    if (this.#last) headers['Last-Event-ID'] = this.#last;
    const response = await this.#http.fetch(`/events?${query}`, { headers, signal });
    if (response.status !== 200 || !response.body) return;
    for await (const { id, data } of parse(response.body)) {
      if (id) this.#last = id;
      const record = JSON.parse(data) as UploadRecord;
      const watcher = this.#watchers.get(record.id);
      // An upload that the application refuses to follow has a code instead of a status.
      if (record.status) watcher?.push(record);
      else watcher?.close();
    }
  }
}

async function* parse(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    text += decoder.decode(read.value, { stream: true });
    const messages = text.split('\n\n');
    text = messages.pop()!;
    for (const message of messages) {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)`, 'm').exec(message)?.[1];
      const data = field('data');
      if (data) yield { id: field('id'), data };
    }
  }
}
