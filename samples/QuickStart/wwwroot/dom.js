// Creates elements from data without parsing HTML, because file names are untrusted.

/**
 * Creates an element. Settings named `data-…`, `aria-…` and the like set attributes, `on…` adds a listener, other names set properties;
 * null and undefined are omitted.
 */
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

/** Isolates untrusted text, so that right-to-left characters in it cannot reorder the text around it. */
export function foreign(text, settings = {}) {
  return element('bdi', { textContent: text, title: text, ...settings });
}

export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
