// Computes SHA-256 beside the page. The page imports this module itself where it cannot start workers.
import { hashBlob } from './client/sha256.js';

export { hashBlob };

if (typeof document === 'undefined') {
  addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
    let answer: { hash?: string; error?: string };
    try {
      answer = { hash: await hashBlob(data) };
    } catch (error) {
      answer = { error: String(error) };
    }
    (postMessage as (message: unknown) => void)(answer);
  });
}
