// The client without the element.
export { createUploadClient } from './client/client.js';
export { filesOf } from './client/folders.js';
export type * from './types.js';
