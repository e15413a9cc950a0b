import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const languages = ['de', 'fr', 'es', 'ko', 'ja'];
const read = async (language) => (await import(`../dist/direct-upload.${language}.js`)).default;
const docs = process.env.DIRECTUPLOAD_DOCS ?? fileURLToPath(new URL('../../../docs', import.meta.url));
const english = await read('en');
const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

for (const language of languages) {
  test(`${language} has each text, with the same placeholders`, async () => {
    const texts = await read(language);
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(texts)) {
      assert.ok(text.trim(), key);
      assert.deepEqual(placeholders(text), placeholders(english[key]), key);
      if (!key.startsWith('ui.')) assert.notEqual(text, english[key], key);
    }
  });
}

test('each error code of the HTTP API has a text', () => {
  const page = readFileSync(`${docs}/http-api.md`, 'utf8');
  const codes = [...page.slice(page.indexOf('## Error codes')).matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.ok(codes.length > 20);
  for (const code of codes) assert.ok(english[code], code);
});
