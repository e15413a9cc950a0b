// Decides about an upload as a service outside the application: node decide.mjs ID accept, or node decide.mjs ID reject CODE DETAIL.
import { createHmac, randomUUID } from 'node:crypto';

const [uploadId, decision, code, detail] = process.argv.slice(2);
const { MODERATION_SECRET = '', MODERATION_URL = 'http://127.0.0.1:5096/decisions/moderation' } = process.env;

const body = JSON.stringify({ uploadId, decision, code, detail });   // omits code and detail of an acceptance
const id = `msg_${randomUUID()}`;
const timestamp = String(Math.floor(Date.now() / 1000));
const key = Buffer.from(MODERATION_SECRET.replace(/^whsec_/, ''), 'base64');
const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');

const answer = await fetch(MODERATION_URL, {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
    'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}`,
  },
  body,
});
console.log(answer.status, await answer.text());
