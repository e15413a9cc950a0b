// One file in the list.
import { icon, type Icon, make, makeButton, setText } from './dom.js';
import { hasFailed, type Item, stateOf } from './item.js';
import { statusOf } from './status.js';
import { thumbnail } from './thumbnail.js';
import type { Words } from './words.js';

export interface RowOwner extends Words {
  isDisabled(): boolean;
  act(item: Item): void;
  remove(item: Item): void;
}

export interface Row {
  element: HTMLElement;
  removeButton: HTMLButtonElement;
  update(): void;
}

export function createRow(item: Item, owner: RowOwner): Row {
  const { text } = owner;
  const thumb = make('span', 'thumb');
  // Each text has its own direction.
  const [name, status] = [make('bdi', ''), make('bdi', '')];
  const done = icon('done');
  const bar = make('progress', 'progress', { max: 100 });
  const action = makeButton('icon', () => owner.act(item));
  const removeButton = makeButton('icon', () => owner.remove(item), icon('remove'));
  const element = make('li', 'item', {}, thumb,
    make('div', 'body', {}, make('div', 'name', {}, name), make('div', 'status', {}, done, status), bar), action, removeButton);
  let shown = '';
  let timer: ReturnType<typeof setTimeout>;

  const showAction = (key: string, image: Icon) => {
    if (!key && action.matches(':focus')) removeButton.focus();
    action.hidden = !key;
    action.disabled = removeButton.disabled = owner.isDisabled();
    action.ariaLabel = key && text(key, { name: item.name });
    if (action.dataset.icon !== image) action.replaceChildren(icon(image));
    action.dataset.icon = image;
  };

  const update = () => {
    const state = stateOf(item);
    const { upload, picture } = item;
    const isBad = hasFailed(item);
    const isPaused = state === 'paused';
    const said = statusOf(item, owner);
    element.className = isBad ? 'bad' : '';
    element.setAttribute('part', `item ${state}`);
    setText(name, item.name);
    setText(status, said);
    done.toggleAttribute('hidden', state !== 'ready');
    if (shown !== (shown = `${isBad} ${picture?.src}`)) thumb.replaceChildren(thumbnail(item, isBad));
    bar.hidden = !upload?.pending;
    bar.ariaLabel = text('progress', { name: item.name });
    bar.ariaValueText = said;
    if (/^(uploaded|processing|preparing)$/.test(state)) bar.removeAttribute('value');
    else if (upload) bar.value = upload.progress.fraction * 100;
    removeButton.ariaLabel = text('remove', { name: item.name });
    if (item.offer) showAction('continue', 'play');
    else if (isPaused) showAction('resume', 'play');
    else if (state === 'retrying' || (isBad && upload?.error?.canRetry)) showAction('retry', 'retry');
    else showAction(/^(waiting|preparing|uploading)$/.test(state) ? 'pause' : '', 'pause');
    clearTimeout(timer);
    // Counts down.
    if (state === 'retrying') timer = setTimeout(update, 1000);
  };
  return { element, removeButton, update };
}
