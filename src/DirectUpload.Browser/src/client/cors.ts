// Storage that has answered a request of this page admits it; only before that can an opaque failure be a refusal by CORS.
import type { SignedRequest } from './contract.js';
import { isOffline } from './waiting.js';

const admitted = new Set<string>();

const keyOf = ({ url, fields }: SignedRequest) => `${!fields}${new URL(url).host}`;

export function admit(request: SignedRequest): void { admitted.add(keyOf(request)); }

export async function isRefusal(request: SignedRequest): Promise<boolean> {
  if (admitted.has(keyOf(request)) || isOffline() || new URL(request.url).origin === location.origin) return false;
  // A file of its own, because few pages need it. It comes from the application, which must be reachable for this to be a refusal.
  return import('../cors-check.js').then((check) => check.isRefusal(request), () => false);
}
