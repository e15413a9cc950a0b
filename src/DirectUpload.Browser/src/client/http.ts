// Sends one request to the application: JSON in, JSON out, and a Problem for each refusal.
import type { UploadClientOptions } from '../types.js';
import { browserProblem, Problem } from './problem.js';
import { retryAfter } from './retry-after.js';
import { isOffline } from './waiting.js';

export interface Answer<T> {
  body: T;
  retryAfter: number | null;
  /** How far the server's clock is ahead of this one, in milliseconds. */
  clock: number;
}

interface CallOptions { token?: string | null; body?: unknown; signal?: AbortSignal | undefined }

const slowest = 60_000;

export class Http {
  readonly endpoint: string;
  #options: UploadClientOptions;

  constructor(options: UploadClientOptions) {
    this.#options = options;
    // Addresses stay the same when the page changes its own address.
    this.endpoint = new URL(options.endpoint ?? '/uploads', document.baseURI).href.replace(/\/+$/, '');
  }

  async fetch(path: string, init: RequestInit): Promise<Response> {
    const { headers, credentials = 'same-origin' } = this.#options;
    const all = new Headers(typeof headers === 'function' ? await headers() : headers);
    new Headers(init.headers).forEach((value, name) => all.set(name, value));
    return fetch(this.endpoint + path, { cache: 'no-store', credentials, ...init, headers: all });
  }

  async call<T>(method: string, path: string, { token, body, signal }: CallOptions = {}): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    // The token is in a header, because logs, histories and referrers contain URLs.
    if (token) headers['Upload-Token'] = token;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const ending = AbortSignal.any([AbortSignal.timeout(slowest), ...signal ? [signal] : []]);
    let response: Response, text: string;
    try {
      response = await this.fetch(path, { method, headers, signal: ending, ...body !== undefined && { body: JSON.stringify(body) } });
      text = await response.text();
    } catch (error) {
      signal?.throwIfAborted();
      throw browserProblem(isOffline() ? 'offline' : 'network', String(error));
    }
    const json = parse(text);
    const after = retryAfter(response.headers.get('Retry-After'));
    if (!response.ok) throw refusal(response.status, json, after);
    if (response.status !== 204 && typeof json !== 'object') {
      throw new Problem('unexpected-response', 'application', { status: response.status });
    };
    const date = Date.parse(response.headers.get('Date') ?? '');
    return { body: json as T, retryAfter: after, clock: date ? date - Date.now() : 0 };
  }
}

/** Reads problem details (RFC 9457) with a stable `code`; a proxy may send any other body. */
export function refusal(status: number, body: unknown, after: number | null = null): Problem {
  const { code = codeOf(status), detail } = (body ?? {}) as { code?: string; detail?: string };
  // A quota and a configuration do not change by themselves.
  const transient = /^(408|429|5..)$/.test(`${status}`) && !/^(quota-exceeded|storage-misconfigured)$/.test(code);
  return new Problem(code, 'application', { detail, status, retryAfter: after, transient });
}

function codeOf(status: number): string {
  const codes: Record<number, string> = { 401: 'unauthorized', 403: 'forbidden', 429: 'server-busy' };
  return codes[status] ?? (status >= 500 ? 'server-error' : 'unexpected-response');
}

function parse(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
