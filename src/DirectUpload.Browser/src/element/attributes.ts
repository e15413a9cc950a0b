// Attributes that are properties as well, as those of <input> are.

export interface Attributes {
  name: string;
  profile: string;
  /** Types and extensions as for <input type="file">. */
  accept: string;
  /** The path or address of MapDirectUploads; by default "/uploads". */
  endpoint: string;
  language: string;
  capture: string;
  multiple: boolean;
  required: boolean;
  disabled: boolean;
  directory: boolean;
  /** Whether the form cannot be submitted while files are on their way. */
  blockSubmit: boolean;
  /** In bytes; 0 if there is no limit in the browser. */
  maxSize: number;
  /** 0 if there is no limit in the browser. */
  maxFiles: number;
}

const strings = ['name', 'profile', 'accept', 'endpoint', 'language', 'capture'];
const flags = ['multiple', 'required', 'disabled', 'directory', 'blockSubmit'];
const properties = [...strings, ...flags, 'maxSize', 'maxFiles'];
const attributeOf = (property: string): string => property.replace(/[A-Z]/, '-$&').toLowerCase();

export const observed = ['value', ...properties.map(attributeOf)];

export function reflect(prototype: HTMLElement): void {
  for (const property of properties) {
    const attribute = attributeOf(property);
    Object.defineProperty(prototype, property, {
      get(this: HTMLElement) {
        const value = this.getAttribute(attribute);
        return flags.includes(property) ? value !== null : strings.includes(property) ? value ?? '' : Number(value) || 0;
      },
      set(this: HTMLElement, value: unknown) {
        if (value === false || value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, value === true ? '' : String(value));
      },
    });
  }
}
