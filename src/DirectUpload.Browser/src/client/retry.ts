// Repeats a call to the application while it or its storage is unavailable. Only calls that are safe to repeat come here.
import { Problem, browserProblem } from './problem.js';
import { backoff, isOffline, wait } from './waiting.js';

export type OnRetry = (attempt: number, delay: number, problem: Problem) => void;

const mostAttempts = 10;

export async function retrying<T>(call: () => Promise<T>, signal: AbortSignal, onRetry: OnRetry = () => {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      signal.throwIfAborted();
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Problem) || !error.transient || attempt >= mostAttempts) throw error;
      await pauseBefore(attempt, error, signal, onRetry);
      // The time offline is no failure of the application.
      if (error.code === 'offline') attempt = 0;
    }
  }
}

/** Waits before an attempt is repeated; returns at once when the browser comes online. */
export async function pauseBefore(attempt: number, problem: Problem, signal: AbortSignal, onRetry: OnRetry): Promise<void> {
  const delay = Math.max(backoff(attempt), problem.retryAfter ?? 0);
  if (isOffline()) onRetry(attempt, Infinity, browserProblem('offline'));
  else onRetry(attempt, delay, problem);
  await wait(delay, signal);
}
