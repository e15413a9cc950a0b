// Uses each member of the contract as an application does.
import { createUploadClient, filesOf, type Upload, type UploadError, type UploadRecord } from 'direct-upload';
import { createUploadClient as withoutElement } from 'direct-upload/client';
import { declareChecksums } from 'direct-upload/uppy';
import german from 'direct-upload/texts/de';

const client = createUploadClient({
  endpoint: '/uploads',
  headers: async () => ({ Authorization: 'Bearer token' }),
  concurrency: 4,
  language: 'de',
  texts: { ...german, 'too-large': 'Nope' },
});

export async function drop(event: DragEvent): Promise<UploadRecord[]> {
  if (!event.dataTransfer) return [];
  const files = await filesOf(event.dataTransfer);
  const uploads: Upload[] = client.uploadAll(files, { profile: 'document', association: { type: 'case', id: '7' } });
  for (const upload of uploads) {
    upload.addEventListener('change', () => show(upload.progress.fraction, upload.progress.secondsLeft, upload.retrying?.error));
  }
  return Promise.all(uploads.map(({ ready }) => ready));
}

export async function restore(id: string): Promise<string | null> {
  for (const interrupted of await client.interrupted()) {
    if (interrupted.hasHandle) (await interrupted.resume()).pause();
    else await interrupted.remove();
  }
  const known = await withoutElement().known(id);
  return known && client.contentUrl(known.record, known.readToken);
}

function show(fraction: number, secondsLeft: number | null, error: UploadError | undefined): void {
  console.log(fraction.toFixed(2), secondsLeft?.toFixed(0) ?? '', error?.message ?? client.text('network'));
}

export function prepare(uppy: Parameters<typeof declareChecksums>[0]): void {
  const end: () => void = declareChecksums(uppy);
  addEventListener('pagehide', end);
}

// @ts-expect-error A profile is required.
client.upload(new File([], 'a.txt'), {});
