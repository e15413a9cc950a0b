// What one row of the list stands for.
import type { InterruptedUpload, Upload, UploadState } from '../types.js';

/** The address of a picture, and its addresses in several widths. */
export interface Picture { srcset: string; src: string }

export interface Item {
  name: string;
  size?: number;
  picture?: Picture;
  /** An upload of this page. */
  upload?: Upload;
  /** The id of an upload that the form had before. */
  id?: string;
  /** An upload of an earlier page that can continue. */
  offer?: InterruptedUpload;
  /** Why the browser refused the file, or why an offer could not continue. */
  error?: string;
  file?: File;
  /** What was announced last. */
  state?: ItemState;
}

export type ItemState = UploadState | 'retrying' | 'refused' | 'interrupted';

export function stateOf({ upload, offer, error }: Item): ItemState {
  if (offer) return 'interrupted';
  if (error) return 'refused';
  if (!upload) return 'ready';
  return upload.retrying ? 'retrying' : upload.state;
}

/** The id that the form submits, or null if it has no ready upload. */
export function valueOf(item: Item): string | null {
  return stateOf(item) === 'ready' ? item.upload ? item.upload.id : item.id ?? null : null;
}

export const isPending = ({ upload }: Item): boolean => upload?.pending ?? false;

export const hasFailed = (item: Item): boolean => /^(refused|failed|rejected|aborted|expired|deleted)$/.test(stateOf(item));
