// What this browser remembers of its uploads, in IndexedDB. Without it (blocked, private mode, full) uploads work and do not resume.
import type { UploadRecord } from '../types.js';

export interface StoredUpload {
  id: string;
  endpoint: string;
  profile: string;
  fileName: string;
  size: number;
  lastModified: number;
  type: string;
  readToken: string;
  /** Null once the upload is finished. */
  writeToken: string | null;
  method: 'PUT' | 'POST' | 'MULTIPART';
  partSize?: number;
  partChecksums?: boolean;
  /** Whether the confirm must state the CRC-64/NVME of the file. */
  requiresChecksum?: boolean;
  /** That checksum, once it is known. */
  crc64nvme?: string | undefined;
  /** Whether storage has all bytes. */
  sent: boolean;
  fraction: number;
  record: UploadRecord | null;
  handle?: FileSystemFileHandle | undefined;
  /** The time of the last change. */
  at: number;
}

const name = 'uploads';
const keptFor = 7 * 24 * 3_600_000;
const slowest = 2_000;

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    // Some browsers never answer when storage is blocked.
    setTimeout(reject, slowest);
    const request = indexedDB.open('direct-upload', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(name, { keyPath: 'id' });
    request.onsuccess = () => {
      request.result.onversionchange = request.result.onclose = () => { request.result.close(); opening = undefined; };
      resolve(request.result);
    };
    request.onerror = request.onblocked = reject;
  });
}

async function use<T>(mode: IDBTransactionMode, action: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const database = await open();
    return await new Promise<T>((resolve, reject) => {
      setTimeout(reject, slowest);
      // A crash of the browser loses at most what is not yet written: each write waits for the disk.
      const transaction = database.transaction(name, mode, { durability: 'strict' });
      const request = action(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = reject;
    });
  } catch {
    return undefined;
  }
}

export const store = {
  async put(upload: StoredUpload): Promise<void> {
    const row = { ...upload, at: Date.now() };
    // Not every browser stores handles.
    if (!await use('readwrite', (rows) => rows.put(row)) && row.handle) await store.put({ ...upload, handle: undefined });
  },
  get: (id: string) => use<StoredUpload | undefined>('readonly', (rows) => rows.get(id)),
  remove: (id: string) => use('readwrite', (rows) => rows.delete(id)),

  /** Lists what is remembered, and removes what is too old. */
  async list(endpoint: string): Promise<StoredUpload[]> {
    const rows = await use<StoredUpload[]>('readonly', (all) => all.getAll()) ?? [];
    const old = Date.now() - keptFor;
    for (const { id, at } of rows) if (at < old) void store.remove(id);
    return rows.filter((row) => row.endpoint === endpoint && row.at >= old);
  },
};
