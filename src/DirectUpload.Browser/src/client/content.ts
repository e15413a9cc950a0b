import type { UploadRecord } from '../types.js';

/** The content's address. An <img> or <a> cannot send a header, so it contains the read token, and never the write token. */
export function contentUrl(endpoint: string, record: Pick<UploadRecord, 'id' | 'contentUrl'>, readToken: string | null): string {
  const own = new URL(endpoint);
  const url = new URL(record.contentUrl ?? `${endpoint}/${encodeURIComponent(record.id)}/content`, own);
  // The URL of a CDN needs no token, and no other origin may receive one.
  if (url.origin === own.origin && readToken && !url.searchParams.has('token')) url.searchParams.set('token', readToken);
  return url.href;
}

/** The variants with a known width, each with its address. */
export function srcset(endpoint: string, { id, variants = [], properties = {} }: UploadRecord, readToken: string | null): string {
  return variants.flatMap((name) => {
    const width = properties[`${name}.width`];
    return width ? `${contentUrl(endpoint, { id, contentUrl: `${endpoint}/${id}/content?variant=${name}` }, readToken)} ${width}w` : [];
  }).join();
}
