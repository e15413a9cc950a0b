import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import GoldenRetriever from '@uppy/golden-retriever';
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';
import './page.css';
import { showRecords } from './records.js';

const mebibyte = 1024 * 1024;

const uppy = new Uppy()
  .use(Dashboard, { target: '#dashboard', inline: true, width: '100%', height: 420, theme: 'auto', proudlyDisplayPoweredByUppy: false })
  // A tenth of the usual threshold, so that a small file already uses parts.
  .use(AwsS3, { companionEndpoint: `${location.origin}/uppy`, shouldUseMultipart: (file) => file.size > 10 * mebibyte, getChunkSize: () => 5 * mebibyte })
  .use(GoldenRetriever, { indexedDB: { maxFileSize: 1024 * mebibyte, maxTotalSize: 2048 * mebibyte } });

// The page confirms a file that Uppy sent in one request. The application confirms a multipart upload when Uppy completes it.
uppy.on('upload-success', async (file, { uploadURL }) => {
  await fetch('/uppy/confirm', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ location: uploadURL }),
  });
  await showRecords();
});

uppy.on('upload-error', showRecords);

await showRecords();
