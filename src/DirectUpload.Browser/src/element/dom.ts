// Elements are made by createElement only, so that strict content security policies and Trusted Types allow them.

const svg = 'http://www.w3.org/2000/svg';

const paths = {
  upload: 'M12 15V4M8 8l4-4 4 4M4 15v5h16v-5',
  file: 'M14 3H6v18h12V7zv4h4',
  pause: 'M9 6v12M15 6v12',
  play: 'M8 6v12l10-6z',
  retry: 'M19 12a7 7 0 1 1-2-5l3 3M20 4v6h-6',
  remove: 'm7 7 10 10M17 7 7 17',
  done: 'm6 12 4 4 8-8',
  alert: 'M12 8v5M12 16v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
};

export type Icon = keyof typeof paths;

/** Makes an element with a class for the element's own style, which is a part for the page's. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, name: string, properties: Record<string, unknown> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), name && { className: name, part: name }, properties);
  element.append(...children);
  return element;
}

export function makeButton(name: string, onclick: () => void, ...children: (Node | string)[]): HTMLButtonElement {
  return make('button', name, { type: 'button', onclick }, ...children);
}

export function icon(name: Icon): SVGElement {
  const image = document.createElementNS(svg, 'svg');
  const path = document.createElementNS(svg, 'path');
  image.setAttribute('viewBox', '0 0 24 24');
  image.ariaHidden = 'true';
  path.setAttribute('d', paths[name]);
  image.append(path);
  return image;
}

/** Sets a text only if it changed, so that assistive technology and selections are not disturbed; an empty element is hidden. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}
