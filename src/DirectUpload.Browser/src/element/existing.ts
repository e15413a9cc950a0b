// The uploads that the page has for the element when it is displayed: the attribute "value" and <data> children.
import type { Picture } from './item.js';

export interface Existing { id: string; name?: string; picture?: Picture }

export function readExisting(host: HTMLElement): Existing[] {
  const found = new Map<string, Existing>();
  for (const id of idsOf(host.getAttribute('value'))) found.set(id, { id });
  for (const child of host.querySelectorAll('data')) {
    const id = child.value.trim();
    const name = child.textContent.trim();
    const image = child.querySelector('img');
    if (id) found.set(id, { id, ...name && { name }, ...image?.src && { picture: { srcset: image.srcset, src: image.src } } });
  }
  return [...found.values()];
}

export function idsOf(value: string | null | undefined): string[] {
  return [...new Set(value?.match(/[^\s,]+/g))];
}

/** Keeps the input for pages without script out of the form; returns the files that were chosen with it before the script came. */
export function retireFallback(host: HTMLElement): File[] {
  const files: File[] = [];
  for (const input of host.querySelectorAll('input')) {
    // Setting it again would be a change of the page, and bring the element back here.
    if (input.disabled) continue;
    if (input.type === 'file') files.push(...input.files ?? []);
    input.disabled = true;
  }
  return files;
}
