import { icon, make } from './dom.js';
import type { Item } from './item.js';

/** Shows a picture of the file, or a symbol if it has none or the browser cannot show it. */
export function thumbnail({ picture, file }: Item, isBad: boolean): Node {
  const own = !picture && !isBad && file?.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
  const symbol = icon(isBad ? 'alert' : 'file');
  if (!picture && !own) return symbol;
  const image = make('img', '', { alt: '', sizes: '44px', ...picture ?? { src: own } });
  // The browser keeps the picture; the file is not kept in memory for its address.
  const release = () => own && URL.revokeObjectURL(own);
  image.onload = release;
  image.onerror = () => {
    release();
    image.replaceWith(symbol);
  };
  return image;
}
