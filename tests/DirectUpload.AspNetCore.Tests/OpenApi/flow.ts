// Runs the whole flow with a client that is generated from docs/openapi.json: node flow.js ADDRESS
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Status = components["schemas"]["DirectUploadStatus"];
type Instructions = components["schemas"]["DirectUploadInstructions"];

const api = createClient<paths>({ baseUrl: process.argv[2]! });
const partSize = 5 * 1024 * 1024;

const createBytes = (size: number) => Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 12)) & 255);

// Fails with the stable code of the problem details.
function required<T>(answer: { data?: T; error?: components["schemas"]["DirectUploadProblem"] }): T {
  if (answer.data === undefined) throw new Error(answer.error ? `${answer.error.code}: ${answer.error.detail}` : "The body is missing.");
  return answer.data;
}

async function put(url: string, headers: Record<string, string>, body: Uint8Array<ArrayBuffer>): Promise<string> {
  const sent = await fetch(url, { method: "PUT", headers, body });
  assert.equal(sent.status, 200, await sent.text());
  return sent.headers.get("ETag")!;
}

async function request(profile: string, size: number) {
  const granted = required(await api.POST("/uploads", {
    body: { profile, fileName: "notes.txt", contentType: "application/x-notes", size, metadata: { album: "2026" } },
  }));
  assert.equal(granted.status, "requested");
  return granted;
}

async function confirm(id: string, token: string, parts?: components["schemas"]["DirectUploadSentPart"][]): Promise<Status> {
  const options = { params: { path: { id }, header: { "Upload-Token": token } } };
  let status = required(await api.POST("/uploads/{id}/confirm", { ...options, body: parts ? { parts } : undefined }));
  while (status.status === "processing" || status.status === "uploaded") {
    await new Promise((resolve) => setTimeout(resolve, 100));
    status = required(await api.GET("/uploads/{id}", options));
  }

  return status;
}

// Sends the token to the application and never to storage.
async function download(id: string, token: string): Promise<Uint8Array> {
  const { response } = await api.GET("/uploads/{id}/content", {
    params: { path: { id }, header: { "Upload-Token": token } }, redirect: "manual",
  });
  assert.equal(response.status, 302);
  return new Uint8Array(await (await fetch(response.headers.get("Location")!)).arrayBuffer());
}

async function sendParts(id: string, token: string, upload: Instructions, bytes: Uint8Array<ArrayBuffer>) {
  const options = { params: { path: { id }, header: { "Upload-Token": token } } };
  const count: number = upload.partCount!;
  const signed = required(await api.POST("/uploads/{id}/parts", { ...options, body: { from: 1, to: count } }));
  for (const part of signed.parts) {
    const start = (part.partNumber - 1) * upload.partSize!;
    await put(part.url, part.headers, bytes.slice(start, start + upload.partSize!));
  }

  const stored = required(await api.GET("/uploads/{id}/parts", options));
  assert.equal(stored.parts.reduce((sum, part) => sum + part.size, 0), bytes.length);
  return stored.parts.map(({ partNumber, etag }) => ({ partNumber, etag }));
}

async function flow(profile: string, size: number) {
  const bytes = createBytes(size);
  const { id, writeToken, readToken, upload } = await request(profile, size);
  const write = { params: { path: { id }, header: { "Upload-Token": writeToken } } };
  const renewed = required(await api.POST("/uploads/{id}/renew", write)).upload;
  const parts = upload.method === "MULTIPART" ? await sendParts(id, writeToken, upload, bytes) : undefined;
  if (upload.method === "PUT") await put(renewed.url!, renewed.headers ?? {}, bytes);

  const confirmed = await confirm(id, writeToken, parts);
  assert.equal(confirmed.status, "ready", JSON.stringify(confirmed.error));
  assert.equal(confirmed.size, size);
  const read = required(await api.GET("/uploads/{id}", { params: { path: { id }, header: { "Upload-Token": readToken } } }));
  assert.equal(read.status, "ready");
  assert.deepEqual(await download(id, readToken), bytes);

  const events = await api.GET("/uploads/{id}/events", { params: { path: { id }, query: { token: readToken } }, parseAs: "text" });
  assert.match(events.data ?? "", /"status":"ready"/);

  const forbidden = await api.DELETE("/uploads/{id}", { params: { path: { id }, header: { "Upload-Token": readToken } } });
  assert.equal(forbidden.error?.code, "token-invalid");
  assert.equal((await api.DELETE("/uploads/{id}", write)).response.status, 204);
  assert.equal(required(await api.GET("/uploads/{id}", write)).status, "deleted");
}

async function batch() {
  const file = { fileName: "notes.txt", contentType: "text/plain", size: 10 };
  const { uploads } = required(await api.POST("/uploads/batch", {
    body: { uploads: [{ profile: "anything", ...file }, { profile: "nonsense", ...file }] },
  }));
  assert.equal(uploads[0]?.grant?.status, "requested");
  assert.equal(uploads[1]?.problem?.code, "unknown-profile");
}

// These calls compile only if the document omits a requirement.
export const refused = () => [
  // @ts-expect-error The size is required.
  api.POST("/uploads", { body: { profile: "anything", fileName: "a", contentType: "text/plain" } }),
  // @ts-expect-error The size is an integer.
  api.POST("/uploads", { body: { profile: "anything", fileName: "a", contentType: "text/plain", size: "1" } }),
  // @ts-expect-error The method is one of three.
  api.POST("/uploads", { body: { profile: "anything", fileName: "a", contentType: "text/plain", size: 1, method: "patch" } }),
  // @ts-expect-error The list has no such parameter.
  api.GET("/uploads", { params: { query: { owner: "ada" } } }),
  // @ts-expect-error The token is required.
  api.GET("/uploads/{id}", { params: { path: { id: "1" } } }),
  // @ts-expect-error The query has no such parameter.
  api.GET("/uploads/{id}/content", { params: { path: { id: "1" }, query: { version: "1" } } }),
];
export const isUnknown = (status: Status) =>
  // @ts-expect-error There is no such status.
  status.status === "done";
export const isUnknownCode = (problem: components["schemas"]["DirectUploadProblem"]) =>
  // @ts-expect-error There is no such code.
  problem.code === "unknown";

async function list() {
  const { error, response } = await api.GET("/uploads", { params: { query: { mine: "", limit: "5" } } });
  assert.equal(response.status, 401);
  assert.equal(error?.code, "unauthorized");
}

export const ids = (page: components["schemas"]["DirectUploadList"]) =>
  [...page.uploads.map((upload) => [upload.id, upload.association?.kind ?? ""]), page.next];

await list();
await batch();
await flow("anything", 1000);
await flow("film", partSize + 7);
console.log("The whole flow succeeded.");
