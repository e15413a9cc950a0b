// The public contract of the client. The element, the samples and the other packages use only this.

/** A status of an upload in the browser; from "uploaded" on it is the status of the application's record. */
export type UploadState =
  | 'waiting' | 'preparing' | 'uploading' | 'paused' // in the browser
  | 'uploaded' | 'processing' | 'ready' // the application has it
  | 'rejected' | 'failed' | 'aborted' | 'expired' | 'deleted';

/** The status object of the HTTP API (docs/http-api.md). */
export interface UploadRecord {
  id: string;
  status: string;
  profile: string;
  fileName: string;
  contentType: string;
  size: number;
  checksumSha256?: string;
  createdAt: string;
  updatedAt: string;
  /** The number of attempts to process the upload that have begun, if one of them did not complete. */
  attempts?: number;
  /** What a processor does now, such as "thumbnails 2 of 5". */
  progress?: string;
  error?: { code: string; detail: string };
  variants?: string[];
  /** What the profile shows to clients, such as "width" and "thumb.width". */
  properties?: Record<string, string>;
  contentUrl?: string;
  attachBy?: string;
}

/** An error with a stable code (docs/http-api.md, "Error codes", and those of the client) and a text for a person. */
export interface UploadError {
  code: string;
  /** The text in the page's language. */
  message: string;
  /** The application's own words, if it sent any. */
  detail?: string;
  /** The HTTP status, if there was an answer. */
  status?: number;
  source: 'application' | 'storage' | 'browser';
  /** Whether retry() can succeed without another file. */
  canRetry: boolean;
}

export interface UploadProgress {
  /** Bytes that storage has, which never decreases. */
  loaded: number;
  total: number;
  /** From 0 to 1. */
  fraction: number;
  /** Bytes per second, or null while it is unknown. */
  speed: number | null;
  /** Seconds left, or null while it is unknown. */
  secondsLeft: number | null;
}

/** What all uploads of a client have in common. */
export interface UploadClientOptions {
  /** The path or address of MapDirectUploads; by default "/uploads". */
  endpoint?: string;
  /** Headers for each call to the application, such as Authorization; never sent to storage. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** As for fetch; by default "same-origin". */
  credentials?: RequestCredentials;
  /** The most requests to storage at once, 1 to 20; by default 6. The client finds the best number below it. */
  concurrency?: number;
  /** The language of the texts, such as "de" or "de-AT"; by default that of the document, then English. */
  language?: string;
  /** Texts that replace those of the language, by code. */
  texts?: Record<string, string>;
  /** Whether uploads are remembered in IndexedDB, so that they resume after a reload or a crash; by default true. */
  resume?: boolean;
}

/** What one upload, or the uploads of one call, need. */
export interface UploadOptions {
  profile: string;
  metadata?: Record<string, string>;
  association?: { type: string; id: string; kind?: string };
  method?: 'put' | 'post' | 'multipart';
  /**
   * Whether the SHA-256 is computed and sent: of the file up to 100 MiB, of each part above. By default only of files up to 100 MiB, and
   * of larger ones where the profile requires it. Of other files, a profile with RequireIntegrity gets the CRC-64/NVME.
   */
  checksum?: boolean;
  /** The handle of the file, which lets the client read it again after a reload. */
  handle?: FileSystemFileHandle;
}

/** One file on its way. Events: "change" (state or progress or retrying), "end" (terminal). */
export interface Upload extends EventTarget {
  readonly file: File;
  readonly profile: string;
  /** The id of the application's record, or null before the application has granted the upload. */
  readonly id: string | null;
  readonly readToken: string | null;
  readonly state: UploadState;
  readonly progress: UploadProgress;
  readonly record: UploadRecord | null;
  readonly error: UploadError | null;
  /** Set while the client or the worker waits to try again. */
  readonly retrying: { attempt: number; until: number; error: UploadError } | null;
  /** Whether the upload continued one of an earlier page. */
  readonly resumed: boolean;
  /** Whether bytes may still have to be sent, or the record is not terminal. */
  readonly pending: boolean;
  /** Resolves with the record when the upload is ready; rejects with an UploadError (an Error) when it cannot be. */
  readonly ready: Promise<UploadRecord>;
  pause(): void;
  resume(): void;
  /** Continues after an error; requests a new upload if the old one is of no use. */
  retry(): void;
  /** Stops, and aborts or deletes the upload at the application and in storage. */
  remove(): Promise<void>;
}

/** An upload of an earlier page whose file was not sent completely. */
export interface InterruptedUpload {
  id: string;
  profile: string;
  fileName: string;
  size: number;
  fraction: number;
  /** Whether the browser kept a handle: resume() asks for permission and continues without choosing the file again. */
  hasHandle: boolean;
  /** Needs a click of the user, because browsers ask for permission. */
  resume(): Promise<Upload>;
  remove(): Promise<void>;
}

export interface UploadClient {
  /** Begins the upload of one file. The same file as in an interrupted upload continues it. */
  upload(file: File, options: UploadOptions): Upload;
  /** Begins the uploads of many files, requested in batches. */
  uploadAll(files: Iterable<File>, options: UploadOptions): Upload[];
  /** Lists the interrupted uploads of this browser. */
  interrupted(): Promise<InterruptedUpload[]>;
  /** What this browser knows of a finished upload: its record and read token, for the redisplay of a form. */
  known(id: string): Promise<{ record: UploadRecord; readToken: string } | null>;
  /** The address of a ready upload's content, for <img> and <a>. */
  contentUrl(record: UploadRecord, readToken: string | null): string;
  /**
   * The addresses of an image's variants with their widths, for the "srcset" of <img>; empty without such variants. Pass a record with
   * fewer "variants" where some of them do not show the whole image.
   */
  srcset(record: UploadRecord, readToken: string | null): string;
  /** The text for a code or a word of the interface, with {placeholders} filled. */
  text(key: string, values?: Record<string, string | number>): string;
  /** Resolves when the texts of the language are loaded; until then they are English. */
  readonly textsLoaded: Promise<void>;
}
