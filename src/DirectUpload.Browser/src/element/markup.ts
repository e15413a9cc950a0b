// The attributes and event handlers of <direct-upload> in the templates of frameworks.
import type { UploadClient } from '../types.js';
import type { DirectUploadEventMap } from './events.js';

type Flag = boolean | '';

export interface DirectUploadAttributes {
  profile: string;
  name?: string;
  /** The id of the upload; with "multiple" the ids, joined by a comma. */
  value?: string | null;
  accept?: string;
  endpoint?: string;
  language?: string;
  capture?: '' | 'user' | 'environment';
  multiple?: Flag;
  required?: Flag;
  disabled?: Flag;
  directory?: Flag;
  'block-submit'?: Flag;
  'max-size'?: number | string;
  'max-files'?: number | string;
  [metadata: `metadata-${string}`]: string;
}

/** Properties that have no attribute. */
export interface DirectUploadProperties {
  client?: UploadClient;
}

/** Handlers as React and Svelte spell them: "on" and the name of the event. */
export type DirectUploadHandlers = {
  [Name in keyof DirectUploadEventMap as `on${Name}`]?: (event: DirectUploadEventMap[Name]) => void;
};
