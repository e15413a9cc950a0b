// The custom element <direct-upload>, which this module defines unless the page has defined it.
import { DirectUploadElement } from './element/direct-upload.js';

export { DirectUploadElement };
export type { DirectUploadEventMap } from './element/events.js';
export type { DirectUploadAttributes, DirectUploadHandlers, DirectUploadProperties } from './element/markup.js';

const registry = globalThis.customElements;
if (registry && !registry.get('direct-upload')) registry.define('direct-upload', DirectUploadElement);

declare global {
  interface HTMLElementTagNameMap { 'direct-upload': DirectUploadElement }
}
