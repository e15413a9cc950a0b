// Makes clients.
import type { UploadClient, UploadClientOptions, UploadRecord } from '../types.js';
import { contentUrl, srcset } from './content.js';
import { Context } from './context.js';
import { terminal } from './contract.js';
import { interruptedUpload } from './interrupted.js';
import { isLocked } from './locks.js';
import { store } from './store.js';
import { UploadTask } from './upload.js';

export function createUploadClient(options: UploadClientOptions = {}): UploadClient {
  const context = new Context(options);
  const client: UploadClient = {
    upload: (file, settings) => new UploadTask(context, file, settings),
    uploadAll: (files, settings) => [...files].map((file) => client.upload(file, settings)),
    async interrupted() {
      const rows = (await context.remembered()).filter(({ writeToken }) => writeToken);
      const free = await Promise.all(rows.map(async ({ id }) => !await isLocked(id)));
      return rows.filter((_, index) => free[index]).map((row) => interruptedUpload(context, row));
    },
    async known(id) {
      const row = context.remembers ? await store.get(id) : undefined;
      if (!row || row.endpoint !== context.http.endpoint) return null;
      let { record } = row;
      if (!record || !terminal.has(record.status)) {
        record = await context.http.call<UploadRecord>('GET', `/${encodeURIComponent(id)}`, { token: row.readToken })
          .then(({ body }) => body, () => record);
      }
      return record && { record, readToken: row.readToken };
    },
    contentUrl: (record, readToken) => contentUrl(context.http.endpoint, record, readToken),
    srcset: (record, readToken) => srcset(context.http.endpoint, record, readToken),
    text: (key, values) => context.texts.get(key, values),
    textsLoaded: context.texts.loaded,
  };
  return client;
}
