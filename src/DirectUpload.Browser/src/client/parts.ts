// Sends a file in parts, several at once; a part that fails is sent again alone.
import { PartUrls } from './part-urls.js';
import { Recovery } from './recovery.js';
import { attempt, type Transfer } from './sending.js';

// Parts that are hashed and signed while others are sent.
const prepared = 2;

export async function sendParts(transfer: Transfer): Promise<void> {
  const { session, file, progress, signal } = transfer;
  if (!session.row.partSize) await session.renew(signal);
  const size = session.row.partSize!;
  const slice = (part: number) => file.slice((part - 1) * size, part * size);
  const missing = await listMissing(transfer, Math.ceil(file.size / size), slice);
  const total = missing.length;

  const stopping = new AbortController();
  const inner = { ...transfer, signal: AbortSignal.any([signal, stopping.signal]) };
  const urls = new PartUrls(session, missing, slice, inner.signal);

  const sender = async () => {
    for (let part = missing.shift(); part !== undefined; part = missing.shift()) {
      const number = part;
      const recovery = new Recovery();
      const blob = slice(number);
      while (!await attempt(inner, number, blob, await urls.get(number), recovery, () => urls.drop(number)));
      session.row.fraction = progress.value.fraction;
      void session.save();
    }
  };
  const senders = Array.from({ length: Math.min(total, transfer.concurrency + prepared) }, sender);
  await Promise.all(senders).catch((error) => {
    stopping.abort(error);
    throw error;
  });
}

/** Lists the parts that storage does not have, or has with another size. */
async function listMissing({ session, progress, signal }: Transfer, count: number, slice: (part: number) => Blob): Promise<number[]> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  // Nothing was sent yet.
  if (session.instructions && !session.isContinued) return numbers;
  const { body } = await session.call<{ parts: { partNumber: number; size: number }[] }>('GET', '/parts', signal);
  const stored = new Set(body.parts.filter(({ partNumber, size }) => slice(partNumber).size === size).map(({ partNumber }) => partNumber));
  progress.restore([...stored].reduce((sum, part) => sum + slice(part).size, 0));
  return numbers.filter((number) => !stored.has(number));
}
