// Hashes in one worker for all uploads of the page, the smallest files first, and on the page itself where workers are refused.
import { abortable } from './abortable.js';

interface Job { task: [Blob, boolean?]; resolve(hash: string): void; reject(error: unknown): void }

const waiting = new Set<Job>();
let running: Job | null = null;
let worker: Worker | null | undefined;

/** Returns the SHA-256 or the CRC-64/NVME as base64; rejects if the bytes cannot be read. */
export function hash(blob: Blob, signal: AbortSignal, isCrc?: boolean): Promise<string> {
  const hashed = abortable<string>(signal, (resolve, reject) => {
    const job: Job = { task: [blob, isCrc], resolve, reject };
    waiting.add(job);
    return () => waiting.delete(job);
  });
  void next();
  return hashed;
}

async function next(): Promise<void> {
  if (running || waiting.size === 0) return;
  const job = running = [...waiting].reduce((best, other) => other.task[0].size < best.task[0].size ? other : best);
  waiting.delete(job);
  worker ??= worker === undefined ? start() : null;
  if (worker) worker.postMessage(job.task);
  else await onPage(job);
}

function start(): Worker | null {
  try {
    const url = new URL('./direct-upload.worker.js', import.meta.url);
    const started = new Worker(scriptUrl(url.href), { type: 'module' });
    started.onmessage = ({ data: { hash, error } }: MessageEvent<{ hash?: string; error?: string }>) => {
      if (hash) running?.resolve(hash);
      else running?.reject(new Error(error));
      end();
    };
    started.onerror = (event) => {
      // A policy of the page or an old browser refuses the worker.
      event.preventDefault();
      worker = null;
      if (running) void onPage(running);
    };
    return started;
  } catch {
    return null;
  }
}

async function onPage(job: Job): Promise<void> {
  try {
    job.resolve(await (await import('./direct-upload.worker.js')).hashBlob(...job.task));
  } catch (error) {
    job.reject(error);
  }
  end();
}

function end(): void {
  running = null;
  void next();
}

interface Policy { createScriptURL(url: string): string }

/** A page with `require-trusted-types-for 'script'` starts workers only from URLs that a policy has passed. */
function scriptUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };
  return trustedTypes?.createPolicy('direct-upload', { createScriptURL: (own) => own }).createScriptURL(url) ?? url;
}
