// One call to the application: JSON in, JSON out, refusals as UploadProblem.
import { fromProblemDetails, unreachable } from './problem.js';

/** The longest wait that a Retry-After may ask of a person looking at the page. */
const longestWait = 30_000;

export async function call(method, url, { token, body, signal } = {}) {
  const headers = { Accept: 'application/json' };
  // A header, never the URL: URLs end up in logs, histories and referrers.
  if (token) headers['Upload-Token'] = token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';

  let response, json;
  try {
    response = await fetch(url, { method, headers, signal, cache: 'no-store', body: body && JSON.stringify(body) });
    json = await response.text().then(parse);
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable('application');
  }

  const retryAfter = milliseconds(response.headers.get('Retry-After'));
  if (!response.ok) throw fromProblemDetails(response.status, json, retryAfter);
  return { status: response.status, body: json, retryAfter };
}

export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => { clearTimeout(timer); reject(signal.reason); };
    const timer = setTimeout(() => { signal?.removeEventListener('abort', stop); resolve(); }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function milliseconds(retryAfter) {
  if (!retryAfter) return null;
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestWait) : null;
}
