// `import 'direct-upload/svelte'` registers <direct-upload> and types it in the templates of Svelte.
import type { HTMLAttributes } from 'svelte/elements';
import type { DirectUploadAttributes, DirectUploadHandlers, DirectUploadProperties } from '../element/markup.js';
import type { DirectUploadEventMap } from '../element/events.js';
import type { DirectUploadElement } from '../element.js';

export * from '../index.js';

type Directives = {
  [Name in keyof DirectUploadEventMap as `on:${Name}`]?: (event: DirectUploadEventMap[Name]) => void;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'direct-upload': HTMLAttributes<DirectUploadElement> & DirectUploadAttributes & DirectUploadProperties & DirectUploadHandlers & Directives;
  }
}
