// Delays that end early when the browser comes online, because waiting longer has no use then.
import { abortable } from './abortable.js';

export const isOffline = () => navigator.onLine === false;

/** Exponential with jitter, so that many clients do not return at the same moment. */
export function backoff(attempt: number, random = Math.random()): number {
  return Math.min(20_000, 300 * 2 ** (attempt - 1)) * (0.5 + random / 2);
}

/** Waits for the time; while the browser is offline, until it is online. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return abortable(signal, (resolve) => {
    const timer = isOffline() ? 0 : setTimeout(() => isOffline() || resolve(), milliseconds);
    const online = () => resolve();
    addEventListener('online', online);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', online);
    };
  });
}
