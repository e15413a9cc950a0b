// Reads what was dropped or chosen, with folders, as files that know their relative path and, where possible, their handle.

interface Origin { path?: string | undefined; handle?: FileSystemFileHandle | undefined }
interface ItemWithHandle { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }

const origins = new WeakMap<File, Origin>();
const unwanted = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** The relative path of a file from a folder, and its handle. */
export function originOf(file: File): Origin {
  return origins.get(file) ?? { path: file.webkitRelativePath };
}

/** Returns all files of a drop, a paste or an input, also those in folders. Call it in the event itself. */
export async function filesOf(source: DataTransfer | FileList | Iterable<File>): Promise<File[]> {
  // The items are gone after the event, so each is read before the first await.
  const files = 'items' in source ? await Promise.all([...(source as DataTransfer).items].map(read)) : [...source as Iterable<File>];
  return files.flat().filter(({ name }) => !unwanted.test(name));
}

async function read(item: DataTransferItem): Promise<File[]> {
  const file = item.getAsFile();
  const entry = item.webkitGetAsEntry?.();
  const handle = entry?.isFile ? (item as ItemWithHandle).getAsFileSystemHandle?.().catch(() => null) : null;
  if (entry?.isDirectory) {
    const found = await (await import('../folder-walk.js')).walk(entry as FileSystemDirectoryEntry);
    return found.map(({ file, path }) => {
      origins.set(file, { path });
      return file;
    });
  }
  const kept = await handle as FileSystemFileHandle | null;
  if (file && kept) origins.set(file, { handle: kept });
  return file ? [file] : [];
}
