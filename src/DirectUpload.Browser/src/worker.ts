// Computes checksums beside the page. The page imports this module itself where it cannot start workers.
import { hashBlob } from './client/hash-blob.js';

export { hashBlob };

if (typeof document === 'undefined') {
  addEventListener('message', async ({ data }: MessageEvent<[Blob, boolean?]>) => {
    let answer: { hash?: string; error?: string };
    try {
      answer = { hash: await hashBlob(...data) };
    } catch (error) {
      answer = { error: String(error) };
    }
    (postMessage as (message: unknown) => void)(answer);
  });
}
