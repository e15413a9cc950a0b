// Media types and extensions as words, and the check of a file against "accept".

/** Types whose names do not say what people call them. The first match counts. */
const names: [RegExp, string][] = [
  [/word|^\.do[ct]/, 'Word'],
  [/excel|spreadsheetml|^\.xl/, 'Excel'],
  [/powerpoint|presentationml|^\.pp/, 'PowerPoint'],
  [/opendocument|^\.od/, 'OpenDocument'],
  [/jpe?g|jfif/, 'JPEG'],
  [/audio.*(mp3|mpe?g)/, 'MP3'],
  [/quicktime|\.mov/, 'QuickTime'],
  [/zip/, 'ZIP'],
  [/markdown|\.md/, 'Markdown'],
  [/tiff?$/, 'TIFF'],
  [/webp/, 'WebP'],
];

/** What has a text of its own. */
const groups = /^(image|video|audio|text)\/(\*|plain)$/;

/** The name of a type or extension: a proper noun, or the key of a text. */
const nameOf = (type: string): string => groups.exec(type.replace(/^\.txt$/, 'text/*'))?.[1]
  ?? names.find(([pattern]) => pattern.test(type))?.[1] ?? type.replace(/^.*[./]|[+;].*|\*/g, '').replace(/^x-/, '').toUpperCase();

const tokensOf = (accept: string): string[] => accept.toLowerCase().match(/[^,\s]+/g) ?? [];

/** Describes what "accept" admits, such as "PDF, Word"; empty if it admits everything. */
export function describeTypes(accept: string, text: (key: string) => string): string {
  const found = new Set(tokensOf(accept).map(nameOf));
  // "*/*" has no name.
  return found.has('') ? '' : [...found].map((name) => /^[a-z]/.test(name) ? text(name) : name).join(', ');
}

/** Whether a file may be sent. A type that the browser does not know is left to the application, which reads the bytes. */
export function isAccepted({ name, type }: File, accept: string): boolean {
  const tokens = tokensOf(accept);
  const extension = /\.\w+$/.exec(name.toLowerCase())?.[0] ?? '';
  const known = [nameOf(type), nameOf(extension)];
  return !tokens[0] || tokens.some((token) => token[0] === '.' ? name.toLowerCase().endsWith(token)
    : !type || token === '*/*' || type === token
      || (token.endsWith('/*') ? type.startsWith(token.slice(0, -1)) : known.includes(nameOf(token))));
}
