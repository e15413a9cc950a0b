// Calls the page's own endpoints: JSON out, and the application's words when it refuses.

export async function call(method, url) {
  const response = await fetch(url, { method, headers: { Accept: 'application/json' }, cache: 'no-store' })
    .catch(() => { throw new Error('The application cannot be reached.'); });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.detail ?? `The application answered ${response.status}.`);
  return body;
}
