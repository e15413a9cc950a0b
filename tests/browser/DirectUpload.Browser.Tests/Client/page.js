// The page of the scenarios: what a person's page would do with the client, callable by the tests.
import { createUploadClient } from '/client/direct-upload.js';

const client = createUploadClient(JSON.parse(decodeURIComponent(location.hash.slice(1) || '{}')));
const uploads = [];
const progress = [];
const states = [];

function follow(upload) {
  const index = uploads.push(upload) - 1;
  progress[index] = [];
  states[index] = [upload.state];
  upload.addEventListener('change', () => {
    progress[index].push(upload.progress.loaded);
    if (states[index].at(-1) !== upload.state) states[index].push(upload.state);
  });
  return index;
}

/** Bytes that every run generates in the same way and that do not compress. */
function bytes(size, seed, type) {
  const content = new Uint8Array(size);
  const begin = type === 'image/png' ? png : [];
  for (let at = 0, x = seed + 1; at < size; at++) {
    x = (Math.imul(x, 1103515245) + 12345) | 0;
    content[at] = begin[at] ?? x >>> 16;
  }
  return content;
}

// The signature and the header of a picture of 1 × 1 pixels, which is what the application's inspection looks at.
const png = [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196, 137];

async function sha256(blob) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase();
}

const describe = (error) => error && { ...error, code: error.code, message: error.message, canRetry: error.canRetry, source: error.source };

window.scenario = {
  client,
  uploads,
  follow,
  /** Begins uploads of generated files; returns their indexes. */
  start(files, options) {
    const made = files.map(({ name, size, type = '', seed = 0, text, path }) => {
      const file = new File([text ?? bytes(size, seed, type)], name, { type, lastModified: 1_700_000_000_000 });
      // As the files of a chosen folder have it.
      if (path) Object.defineProperty(file, 'webkitRelativePath', { value: path });
      return file;
    });
    return (made.length === 1 ? [client.upload(made[0], options)] : client.uploadAll(made, options)).map(follow);
  },
  /** Begins uploads of the files in the input. */
  startChosen(options) {
    const { files } = document.getElementById('files');
    return client.uploadAll([...files], options).map(follow);
  },
  async look(index) {
    const { id, state, progress: { loaded, total, fraction }, error, record, resumed, retrying, file } = uploads[index];
    return { id, state, loaded, total, fraction, error: describe(error), record, resumed, isRetrying: retrying !== null, sha256: await sha256(file) };
  },
  /** Waits until an upload has one of these states or the time is over; returns what look returns. */
  async until(index, wanted, milliseconds = 60_000) {
    const upload = uploads[index];
    for (const end = Date.now() + milliseconds; !wanted.includes(upload.state) && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return await this.look(index);
  },
  async untilLoaded(index, least, milliseconds = 30_000) {
    for (const end = Date.now() + milliseconds; uploads[index].progress.loaded < least && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return uploads[index].progress.loaded;
  },
  progress: (index) => progress[index],
  states: (index) => states[index],
  interrupted: async () => (await client.interrupted()).map(({ id, fileName, size, fraction }) => ({ id, fileName, size, fraction })),
};
