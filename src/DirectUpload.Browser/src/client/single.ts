// Sends a file in one request: PUT or POST.
import { Recovery } from './recovery.js';
import { attempt, type Transfer } from './sending.js';

export async function sendSingle(transfer: Transfer): Promise<void> {
  const { session, file, signal } = transfer;
  const recovery = new Recovery();
  let refused = false;
  for (;;) {
    if (refused || !session.instructions || session.lifetime?.isEnding) await session.renew(signal);
    refused = false;
    const stop = keepAlive(transfer);
    try {
      if (await attempt(transfer, 0, file, session.instructions!, recovery, () => { refused = true; })) return;
    } finally {
      stop();
    }
  }
}

/** Renews while a long request is sent, so that the application does not let the upload expire. */
function keepAlive({ session, signal }: Transfer): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const plan = () => {
    timer = setTimeout(() => { session.renew(signal).then(plan, () => {}); }, session.lifetime!.left / 2);
  };
  plan();
  return () => clearTimeout(timer);
}
