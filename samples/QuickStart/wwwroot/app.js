// The page: elements that upload, and the table of the records that they cause.
import '/_content/DirectUpload.AspNetCore/direct-upload.js';
import { RecordsTable } from './records.js';

const records = new RecordsTable();
const elements = [...document.querySelectorAll('direct-upload')];

for (const element of elements) {
  for (const event of ['upload-progress', 'upload-ready', 'upload-removed', 'upload-error', 'change']) {
    element.addEventListener(event, () => {
      // The picture at the top is animated while bytes are sent.
      document.body.classList.toggle('sending', elements.some(({ uploads }) => uploads.some(({ state }) => state === 'uploading')));
      records.refresh();
    });
  }
}

// A file that is dropped beside the elements must not replace the page.
for (const type of ['dragover', 'drop']) {
  addEventListener(type, (event) => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); });
}
