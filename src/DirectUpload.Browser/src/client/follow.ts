// Confirms an upload and follows its record until it is terminal: by the event stream, and by polling without it.
import type { UploadRecord } from '../types.js';
import { terminal } from './contract.js';
import type { Events } from './events.js';
import { Gate } from './gate.js';
import { Problem } from './problem.js';
import { pauseBefore } from './retry.js';
import type { Session } from './session.js';
import { wait } from './waiting.js';

// A confirm may take 25 seconds, and a browser opens six connections to a host.
const confirming = new Gate(3);
const mostVisibility = 4;
const poll = { first: 500, longest: 5_000 };

/** Returns null if the bytes have to be sent again: storage does not have them, or this page does not know their checksum. */
export async function confirm(session: Session, signal: AbortSignal, most = mostVisibility): Promise<UploadRecord | null> {
  const leave = await confirming.enter(signal);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return (await session.call<UploadRecord>(
          'POST', '/confirm', signal, { checksums: { crc64nvme: session.row.crc64nvme } })).body;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (/^not-up|m-missing$/.test(error.code)) {
          if (attempt >= most) return null;
          await pauseBefore(attempt, error, signal, () => {});
        } else if (/^(conflict|expired|deleted)$|mismatch|-reported/.test(error.code)) {
          // The record says more than the refusal.
          return (await session.status(signal)).body;
        } else {
          throw error;
        }
      }
    }
  } finally {
    leave();
  }
}

export async function follow(
  session: Session, events: Events, record: UploadRecord, signal: AbortSignal, onChange: (record: UploadRecord) => void,
): Promise<UploadRecord> {
  onChange(record);
  for (let delay = poll.first; !terminal.has(record.status); delay = Math.min(delay * 1.5, poll.longest)) {
    let ended = false;
    await events.watch(session.row.id, session.row.readToken, signal, (changed) => {
      ended = terminal.has(changed.status);
      if (!ended) onChange(changed);
    });
    if (!ended) await wait(delay, signal);
    record = (await session.status(signal)).body;
    onChange(record);
  }
  return record;
}
