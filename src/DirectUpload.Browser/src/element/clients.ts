// One client for all elements of a page that have the same endpoint and language, and with it one limit of requests and one event stream.
import { createUploadClient } from '../client.js';
import type { UploadClient } from '../types.js';

const clients = new Map<string, UploadClient>();
const claims = new WeakMap<UploadClient, Set<string>>();

export function sharedClient(endpoint: string | null, language: string | null): UploadClient {
  const key = `${endpoint} ${language}`;
  let client = clients.get(key);
  if (!client) clients.set(key, client = createUploadClient({ ...endpoint && { endpoint }, ...language && { language } }));
  return client;
}

/** An interrupted upload is offered by the first element only that asks for it. */
export function claim(client: UploadClient, id: string): boolean {
  const claimed = claims.get(client) ?? new Set();
  claims.set(client, claimed);
  return !claimed.has(id) && !!claimed.add(id);
}
