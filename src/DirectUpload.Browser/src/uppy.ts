// For pages with Uppy: states the checksum of each file in its metadata, from which MapUppyUploads takes it.
import { hash } from './client/hashing.js';

/** The part of Uppy that is used; the packages of Uppy have its full type. */
export interface ChecksumUppy {
  addPreProcessor(prepare: (fileIDs: string[]) => Promise<void>): void;
  removePreProcessor(prepare: (fileIDs: string[]) => Promise<void>): void;
  getFile(id: string): { data: unknown };
  setFileMeta(id: string, meta: Record<string, string>): void;
}

/**
 * Computes the CRC-64/NVME of each file before Uppy sends it, and states it to the application, which compares it with the stored file.
 * Returns a function that ends this. A file that the browser cannot read fails with its error.
 */
export function declareChecksums(uppy: ChecksumUppy): () => void {
  const prepare = async (fileIDs: string[]): Promise<void> => {
    await Promise.all(fileIDs.map(async (id) => {
      const { data } = uppy.getFile(id);
      // A remote file is not in this browser.
      if (data instanceof Blob) uppy.setFileMeta(id, { checksumCrc64nvme: await hash(data, new AbortController().signal, true) });
    }));
  };
  uppy.addPreProcessor(prepare);
  return () => uppy.removePreProcessor(prepare);
}
