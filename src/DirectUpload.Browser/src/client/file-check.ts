import { browserProblem, Problem } from './problem.js';

/** Throws if the file on the disk is not the one that was chosen. */
export async function checkFile(file: File, handle?: FileSystemFileHandle): Promise<void> {
  try {
    if (file.size > 0 && (await file.slice(file.size - 1).arrayBuffer()).byteLength !== 1) throw browserProblem('file-changed');
  } catch (error) {
    throw unreadable(error);
  }
  const current = await handle?.getFile().catch(() => null);
  if (current && (current.size !== file.size || current.lastModified !== file.lastModified)) throw browserProblem('file-changed');
}

/** Maps an error of reading: browsers refuse to read a file that was changed since it was chosen. */
export function unreadable(error: unknown): Problem {
  return error instanceof Problem ? error
    : browserProblem(/NotReadable/.test(`${error}`) ? 'file-changed' : 'file-unreadable', `${error}`);
}
