// Where files come in: the button, the drop, the paste.
import { filesOf } from '../client/folders.js';
import type { Attributes } from './attributes.js';
import { icon, make, makeButton, setText } from './dom.js';
import { describeTypes } from './media-types.js';
import type { Words } from './words.js';

export interface Chooser {
  button: HTMLButtonElement;
  parts: HTMLElement[];
  open(): void;
  update(hasFile: boolean): void;
  showError(message: string): void;
}

export function createChooser(
  host: HTMLElement & Attributes, field: HTMLElement, { text, size }: Words, add: (files: File[]) => void,
): Chooser {
  const [main, drop] = [make('b', ''), make('small', '')];
  const hint = make('p', 'hint', { id: 'hint' });
  const error = make('p', 'error', { id: 'error', hidden: true });
  const input = make('input', '', { type: 'file', hidden: true });
  const open = () => input.click();
  const button = makeButton('chooser', open, icon('upload'), make('span', '', {}, main, drop));
  button.setAttribute('aria-describedby', 'hint error');
  input.onchange = async () => {
    const files = await filesOf(input.files!);
    // So that the same file can be chosen again.
    input.value = '';
    add(files);
  };
  const on = (types: string, listener: (event: Event, isOver: boolean, data: DataTransfer | null | undefined) => void) => {
    for (const type of types.split(' ')) {
      host.addEventListener(type, (event) => {
        const data = (event as DragEvent).dataTransfer ?? (event as ClipboardEvent).clipboardData;
        const isOver = !button.disabled && /over|enter/.test(type);
        if (data?.types.includes('Files')) event.preventDefault();
        else if (type !== 'click') return;
        field.classList.toggle('over', isOver);
        listener(event, isOver, data);
      });
    }
  };
  on('dragenter dragover dragleave', (_, isOver, data) => { data!.dropEffect = isOver ? 'copy' : 'none'; });
  on('drop paste', async (_event, _isOver, data) => { if (!button.disabled) add(await filesOf(data!)); });
  // The click on a label.
  on('click', (event) => { if (event.composedPath()[0] === host && !button.disabled) open(); });

  return {
    button,
    parts: [button, input, hint, error],
    open,
    update(hasFile) {
      const { multiple, directory, accept, maxSize, maxFiles } = host;
      const capture = host.getAttribute('capture');
      Object.assign(input, { multiple, accept, webkitdirectory: directory });
      if (capture === null) input.removeAttribute('capture');
      else input.setAttribute('capture', capture);
      setText(main, text(directory ? 'choose-folder' : multiple ? 'choose-several' : hasFile ? 'replace' : 'choose'));
      setText(drop, text(multiple ? 'drop-several' : 'drop'));
      setText(hint, [describeTypes(accept, text), maxSize && text('up-to', { size: size(maxSize) }),
        multiple && maxFiles > 1 && text('up-to-files', { count: maxFiles })].filter(Boolean).join(' · '));
    },
    showError: (message) => setText(error, message),
  };
}
