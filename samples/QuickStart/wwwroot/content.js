// Where finished content is read. An <img> or <a> cannot send a header, so the read token, and only that one, goes into the query.

export function contentUrl(record, readToken, variant) {
  const url = new URL(record.contentUrl ?? `/uploads/${encodeURIComponent(record.id)}/content`, document.baseURI);
  // A CDN's address is its own permission; our token is nobody else's business.
  if (url.origin === location.origin && readToken && !url.searchParams.has('token')) url.searchParams.set('token', readToken);
  if (variant) url.searchParams.set('variant', variant);
  return url.href;
}

/** Variants come as names or as objects with one. */
export function hasVariant(record, name) {
  return record.variants?.some((variant) => (variant.name ?? variant) === name) ?? false;
}

export const isImage = (contentType) => /^image\//.test(contentType ?? '');
