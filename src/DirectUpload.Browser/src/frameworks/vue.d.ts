// `import 'direct-upload/vue'` registers <direct-upload> and types it in the templates of Vue 3.
// Set compilerOptions.isCustomElement for the tag.
import type { DefineComponent, HTMLAttributes } from 'vue';
import type { DirectUploadAttributes, DirectUploadProperties } from '../element/markup.js';
import type { DirectUploadEventMap } from '../element/events.js';

export * from '../index.js';

type Listeners = {
  [Name in keyof DirectUploadEventMap as Name extends `upload-${infer End}` ? `onUpload${Capitalize<End>}` : never]?:
    (event: DirectUploadEventMap[Name]) => void;
};

// Vue's tools know attributes by their names in camel case.
type Camel<Name> = Name extends `${infer Start}-${infer Rest}` ? `${Start}${Capitalize<Camel<Rest> & string>}` : Name;
type CamelAttributes = { [Name in keyof DirectUploadAttributes as Camel<Name>]: DirectUploadAttributes[Name] };

/** What v-model sets and listens to. */
interface Model {
  modelValue?: string | null;
  'onUpdate:modelValue'?: (value: string) => void;
}

declare module 'vue' {
  interface GlobalComponents {
    'direct-upload': DefineComponent<CamelAttributes & DirectUploadProperties & Listeners & Model & HTMLAttributes>;
  }
}
