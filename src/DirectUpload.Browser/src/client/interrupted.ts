// An upload of an earlier page that can continue.
import type { InterruptedUpload } from '../types.js';
import { take } from './begin.js';
import type { Context } from './context.js';
import { checkFile } from './file-check.js';
import { lock } from './locks.js';
import { browserProblem } from './problem.js';
import { Session } from './session.js';
import { store, type StoredUpload } from './store.js';
import { UploadTask } from './upload.js';

interface Permission { requestPermission?(options: { mode: 'read' }): Promise<PermissionState> }

export function interruptedUpload(context: Context, row: StoredUpload): InterruptedUpload {
  const { id, profile, fileName, size, fraction, handle } = row;
  return {
    id, profile, fileName, size, fraction,
    hasHandle: !!handle,
    async resume() {
      // What storage has completely needs no file.
      const file = row.sent ? new File([], fileName) : await read(row);
      const begun = await take(context, row);
      if (!begun) throw browserProblem('conflict');
      return new UploadTask(context, file, { profile }, begun);
    },
    async remove() {
      const unlock = await lock(id);
      try {
        await new Session(context.http, row, true).call('DELETE', '', new AbortController().signal);
      } catch { /* It expires at the application. */ }
      await store.remove(id);
      unlock?.();
    },
  };
}

async function read({ handle, size, lastModified }: StoredUpload): Promise<File> {
  const permission = await (handle as Permission | undefined)?.requestPermission?.({ mode: 'read' });
  if (!handle || (permission && permission !== 'granted')) throw browserProblem('choose-again');
  const file = await handle.getFile().catch(() => { throw browserProblem('file-unreadable'); });
  if (file.size !== size || file.lastModified !== lastModified) throw browserProblem('file-changed');
  await checkFile(file);
  return file;
}
