const longestName = 255;
const longestPath = 1000;

/** Shortens a name to the 255 characters that the application accepts, and keeps its extension. */
export function shortName(name: string, most = longestName): string {
  if (name.length <= most) return name;
  const extension = /\.[^.\s]{1,20}$/.exec(name)?.[0] ?? '';
  return cut(name, most - extension.length) + extension;
}

/** The end of a path says more than its beginning. */
export function shortPath(path: string): string {
  if (path.length <= longestPath) return path;
  const end = path.slice(-longestPath);
  return end.slice(Math.max(0, end.indexOf('/') + 1));
}

function cut(text: string, length: number): string {
  // Never half of a surrogate pair.
  return text.slice(0, /[\uD800-\uDBFF]/.test(text[length - 1] ?? '') ? length - 1 : length);
}
