import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './load.mjs';

const { contentUrl, srcset } = await load('client/content');
const endpoint = 'https://example.com/uploads';
const record = {
  id: 'a1', variants: ['small', 'report', 'large'], contentUrl: '/uploads/a1/content',
  properties: { 'small.width': '320', 'large.width': '1600', width: '4000' },
};

test('srcset has each variant with a width, and the read token', () => {
  assert.equal(srcset(endpoint, record, 't'), [
    'https://example.com/uploads/a1/content?variant=small&token=t 320w',
    'https://example.com/uploads/a1/content?variant=large&token=t 1600w',
  ].join());
});

test('srcset needs no token where the page is signed in', () => {
  assert.equal(srcset(endpoint, { ...record, variants: ['small'] }, null), 'https://example.com/uploads/a1/content?variant=small 320w');
});

test('a CDN serves the content, and the application its variants', () => {
  const published = { ...record, contentUrl: 'https://cdn.example.com/a1.jpg' };
  assert.equal(contentUrl(endpoint, published, 't'), 'https://cdn.example.com/a1.jpg');
  assert.match(srcset(endpoint, published, 't'), /^https:\/\/example\.com\/uploads\/a1\/content\?variant=small/);
});

test('srcset is empty without variants or widths', () => {
  assert.equal(srcset(endpoint, { id: 'a1' }, 't'), '');
  assert.equal(srcset(endpoint, { id: 'a1', variants: ['report'] }, 't'), '');
});
