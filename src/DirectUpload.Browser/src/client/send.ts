// Sends one request to storage, with XMLHttpRequest, because fetch does not report the progress of uploads.
import type { SignedRequest } from './contract.js';
import { browserProblem, Problem } from './problem.js';
import { retryAfter } from './retry-after.js';
import { isOffline } from './waiting.js';

// The browser sets these headers and does not let a page set them.
const ownedByBrowser = /^(content-length|host)$/i;

/** The longest time without progress while bytes are sent, and until storage answers after the last byte. */
export const patience = { sending: 30_000, answering: 120_000, online: 3_000 };

export interface Sending {
  signal: AbortSignal;
  /** The number of the attempt: a slow line gets more time each time. */
  attempt: number;
  onProgress(bytes: number): void;
}

export function send({ url, headers, fields }: SignedRequest, blob: Blob, { signal, attempt, onProgress }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout>;
    const ended = new AbortController();
    let stalled = false;
    let sent = 0;
    const expect = (time: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => { stalled = true; request.abort(); }, time * Math.min(attempt, 8));
    };
    // The connections of a device that was offline are usually dead.
    const online = () => expect(patience.online);

    request.upload.onprogress = ({ loaded, total }) => {
      sent = loaded;
      // A form is larger than its file.
      onProgress(total > 0 ? Math.min(blob.size, fields ? loaded / total * blob.size : loaded) : 0);
      expect(loaded < total ? patience.sending : patience.answering);
    };
    request.upload.onload = () => { sent ||= 1; expect(patience.answering); };
    request.onload = () => request.status >= 200 && request.status < 300 ? resolve() : reject(refused(request));
    request.onerror = () => reject(Object.assign(browserProblem(isOffline() ? 'offline' : 'network'), { opaque: sent === 0 }));
    request.onabort = () => reject(stalled ? browserProblem('network', 'stalled') : signal.reason);
    request.onloadend = () => {
      clearTimeout(timer);
      ended.abort();
    };
    addEventListener('online', online, { signal: ended.signal });
    signal.addEventListener('abort', () => request.abort(), { signal: ended.signal });

    expect(patience.sending);
    request.open(fields ? 'POST' : 'PUT', url);
    // Exactly the signed headers: storage refuses the signature if one is missing or added.
    for (const [name, value] of Object.entries(headers ?? {})) if (!ownedByBrowser.test(name)) request.setRequestHeader(name, value);
    request.send(fields ? form(fields, blob) : blob);
  });
}

function form(fields: Record<string, string>, blob: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // Storage ignores every field after the file.
  form.append('file', blob);
  return form;
}

// S3 reports some transient failures as client errors; a wrong digest means that bytes were altered on the way.
const passing = /^(RequestTimeout|IncompleteBody|ConditionalRequestConf|OperationAborted|SlowDown|BadDigest|XAmzContentSHA256)/;

function refused(request: XMLHttpRequest): Problem {
  const { status } = request;
  const text = (name: string) => request.responseXML?.getElementsByTagName(name)[0]?.textContent?.trim() ?? '';
  const code = text('Code');
  const transient = status >= 500 || status === 408 || status === 429 || passing.test(code);
  // Asking for a header that is not exposed writes an error to the console.
  const after = /^retry-after:/im.test(request.getAllResponseHeaders()) ? request.getResponseHeader('Retry-After') : null;
  return new Problem(transient ? 'storage-busy' : 'storage-refused', 'storage', {
    detail: `${code || status} ${text('Message')}`.trim(),
    status,
    retryAfter: retryAfter(after),
    transient,
  });
}

/** A wrong and an expired signature look the same. */
export const mayBeExpired = (problem: Problem) =>
  problem.source === 'storage' && (problem.status === 403 || /expired|TokenRefresh/i.test(problem.detail ?? ''));
