// Holds the size of the module that a page loads: size.mjs DIST
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const limit = 16_384;
const bytes = readFileSync(`${process.argv[2]}/direct-upload.js`);
const brotli = brotliCompressSync(bytes).length;
const gzip = gzipSync(bytes, { level: 9 }).length;
console.log(`direct-upload.js: ${bytes.length} bytes, ${brotli} after Brotli, ${gzip} after gzip`);
if (brotli > limit) {
  console.error(`npm: direct-upload.js has ${brotli} bytes after Brotli; at most ${limit} are allowed`);
  process.exit(1);
}
