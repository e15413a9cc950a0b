import type { Upload, UploadError } from '../types.js';

/** The element's own events. Each bubbles. */
export interface DirectUploadEventMap {
  'upload-progress': CustomEvent<{ upload: Upload }>;
  'upload-ready': CustomEvent<{ upload: Upload }>;
  /** The upload was taken from the list, and its deletion at the application has ended. */
  'upload-removed': CustomEvent<{ upload: Upload }>;
  /** "upload" is null if the browser refused the file before it was sent. */
  'upload-error': CustomEvent<{ upload: Upload | null; file: File; error: UploadError }>;
}

/** The overloads of addEventListener for an element with these events; Angular's templates take the types of events from them. */
export interface AddEventListener<Target, Events> {
  <Name extends keyof Events>(
    type: Name, listener: (this: Target, event: Events[Name]) => unknown, options?: boolean | AddEventListenerOptions): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
