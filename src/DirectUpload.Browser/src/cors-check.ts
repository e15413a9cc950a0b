// Recognizes that storage's CORS rules do not admit this page, which browsers report like a lost connection.
import type { SignedRequest } from './client/contract.js';

const refusals = new Map<string, number[]>();
const described = new Set<string>();
// A failing proxy in front of storage looks the same for a moment.
const enough = { times: 3, apart: 200, over: 3_000 };

/** Whether an opaque failure without progress is a refusal: storage is reachable, and this has happened for some time. */
export async function isRefusal(request: SignedRequest): Promise<boolean> {
  const { origin } = new URL(request.url);
  try {
    // Needs no CORS rule, so it fails only if storage cannot be reached.
    await fetch(origin, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
  } catch {
    return false;
  }
  const now = performance.now();
  const times = refusals.get(origin) ?? [];
  refusals.set(origin, times);
  if (now - (times.at(-1) ?? -Infinity) >= enough.apart) times.push(now);
  if (times.length < enough.times || now - times[0]! < enough.over) return false;
  refusals.delete(origin);
  describe(request);
  return true;
}

/** Writes the missing rule to the console once per storage host. */
function describe({ url, headers = {} }: SignedRequest): void {
  const { host } = new URL(url);
  if (described.has(host)) return;
  described.add(host);
  const signed = Object.keys(headers).map((name) => name.toLowerCase()).filter((name) => !/^(host|content-length|x-amz-.*)$/.test(name));
  const rule = [{
    AllowedOrigins: [location.origin],
    AllowedMethods: ['GET', 'PUT', 'POST'],
    AllowedHeaders: [...new Set(['content-type', 'x-amz-*', ...signed])],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 3600,
  }];
  console.error(`DirectUpload: the CORS rules of the bucket at ${host} do not admit ${location.origin}. Add this rule to the bucket's `
    + `CORS configuration:\n${JSON.stringify(rule, null, 2)}`);
}
