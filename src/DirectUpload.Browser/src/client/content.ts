import type { UploadRecord } from '../types.js';

/** The content's address. An <img> or <a> cannot send a header, so it contains the read token, and never the write token. */
export function contentUrl(endpoint: string, record: UploadRecord, readToken: string | null): string {
  const own = new URL(endpoint);
  const url = new URL(record.contentUrl ?? `${endpoint}/${encodeURIComponent(record.id)}/content`, own);
  // The URL of a CDN needs no token, and no other origin may receive one.
  if (url.origin === own.origin && readToken && !url.searchParams.has('token')) url.searchParams.set('token', readToken);
  return url.href;
}
