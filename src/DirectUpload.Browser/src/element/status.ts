// What a row says about its file.
import { type Item, stateOf } from './item.js';
import type { Words } from './words.js';

/** The text below the name. */
export function statusOf(item: Item, { text, percent, size, time }: Words): string {
  const { upload, offer, error } = item;
  const state = stateOf(item);
  const progress = upload?.progress;
  const list = (...parts: unknown[]) => parts.filter(Boolean).join(' · ');
  if (error) return error;
  if (offer) return list(percent(offer.fraction), text(needsFile(item) ? 'choose-again' : 'interrupted'));
  if (state === 'ready') return list(text(state), item.size && size(item.size));
  if (state === 'paused') return list(text(state), percent(progress!.fraction));
  if (state === 'uploading') {
    const { fraction, speed, secondsLeft } = progress!;
    return list(percent(fraction), speed && size(speed, '-per-second'), secondsLeft && text('left', { time: time(secondsLeft) }));
  }
  if (state === 'retrying') {
    const { until, error: cause } = upload!.retrying!;
    const seconds = (until - Date.now()) / 1000;
    return cause.message + (seconds > 0 && seconds < Infinity ? ` ${text('again-in', { time: time(seconds) })}` : '');
  }
  if (upload?.error) return upload.error.message;
  const attempts = upload?.record?.attempts;
  const isUploaded = state === 'uploaded';
  // Between two attempts to process the file, its status is 'uploaded': the row names the attempt that comes next.
  return list(text(isUploaded ? 'processing' : state), upload?.record?.progress,
    attempts && text('attempt', { attempt: attempts + Number(isUploaded) }));
}

/** Whether the person must choose the file again to continue. */
export const needsFile = ({ offer }: Item): boolean => !offer!.hasHandle && offer!.fraction < 1;
