// The rows in order, their folding, and the focus when one goes.
import { make, makeButton, setText } from './dom.js';
import { type Item, valueOf } from './item.js';
import { createRow, type Row, type RowOwner } from './row.js';

/** So many finished rows are shown before the others fold. */
const most = 4;

export interface List {
  element: HTMLElement;
  fold: HTMLElement;
  update(item: Item): void;
  /** Shows exactly these items, in this order; with "isAll" also what changed in those that it shows. */
  show(items: Item[], isAll?: boolean): void;
}

/** Creates the list; "fallback" takes the focus when the last row goes. */
export function createList(owner: RowOwner, fallback: HTMLElement): List {
  const rows = new Map<Item, Row>();
  const element = make('ul', 'list', { role: 'list' });
  let isOpen = false;
  let shown: Item[] = [];
  const fold = makeButton('fold', () => {
    isOpen = !isOpen;
    show(shown);
  });

  const forget = (item: Item, row: Row, items: Item[]) => {
    const hadFocus = row.element.matches(':focus-within');
    // The next row that stays, or the one before.
    const index = shown.indexOf(item);
    const heir = [...shown.slice(index), ...shown.slice(0, index).reverse()].find((other) => items.includes(other));
    row.element.remove();
    rows.delete(item);
    if (hadFocus) (rows.get(heir!)?.removeButton ?? fallback).focus();
  };

  const show = (items: Item[], isAll = false) => {
    for (const [item, row] of [...rows]) if (!items.includes(item)) forget(item, row, items);
    shown = items;
    const finished = items.filter(valueOf);
    const folded = finished.length > most + 1 ? finished.slice(0, -most) : [];
    items.forEach((item, index) => {
      let row = rows.get(item);
      // One change of a long list updates one row.
      if (isAll) row?.update();
      if (!row) {
        rows.set(item, row = createRow(item, owner));
        row.update();
      }
      const place = element.children[index] ?? null;
      if (place !== row.element) element.insertBefore(row.element, place);
      row.element.hidden = !isOpen && folded.includes(item) && !row.element.matches(':focus-within');
    });
    element.hidden = !items[0];
    element.ariaLabel = owner.text('list');
    fold.ariaExpanded = `${isOpen}`;
    setText(fold, folded[0] ? owner.text(isOpen ? 'show-fewer' : 'show-all', { count: folded.length }) : '');
  };
  return { element, fold, show, update: (item) => rows.get(item)?.update() };
}
