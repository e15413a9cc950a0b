// Reads the files of dropped folders. A file of its own, because few drops have folders.

export interface Found { file: File; path: string }

export async function walk(directory: FileSystemDirectoryEntry): Promise<Found[]> {
  const reader = directory.createReader();
  const found: Found[] = [];
  for (;;) {
    // Chromium returns at most 100 entries at a time.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const entry of entries) {
      if (entry.isDirectory) found.push(...await walk(entry as FileSystemDirectoryEntry));
      else found.push(await read(entry as FileSystemFileEntry));
    }
  }
}

async function read(entry: FileSystemFileEntry): Promise<Found> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  return { file, path: entry.fullPath.slice(1) };
}
