// Elements from data, without a string of HTML ever being parsed: file names are hostile.

/** `data-…`, `aria-…` and the like become attributes, `on…` listeners, other names properties; null and undefined are left out. */
export function element(tag, settings = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name.includes('-') || name === 'role') node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A name from outside: isolated, so that right-to-left letters in it cannot rearrange what surrounds it. */
export function foreign(text, settings = {}) {
  return element('bdi', { textContent: text, title: text, ...settings });
}

export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
