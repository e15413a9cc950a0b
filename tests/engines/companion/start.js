// Companion's S3 routes, on a port of this machine alone: node start.js '{"port":…,"endpoint":…,"bucket":…,"region":…,"key":…,"secret":…}'
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as companion from '@uppy/companion';
import express from 'express';

const { port, ...s3 } = JSON.parse(process.argv[2]);
const { app } = companion.app({
  s3: { ...s3, forcePathStyle: true, expires: 900, getKey: ({ filename }) => `companion/${crypto.randomUUID()}-${filename}` },
  server: { host: `127.0.0.1:${port}`, protocol: 'http' },
  filePath: mkdtempSync(join(tmpdir(), 'companion-')),
  secret: 'a test',
  uploadUrls: [s3.endpoint],
  corsOrigins: true,
});
express().use(app).listen(port, '127.0.0.1');
