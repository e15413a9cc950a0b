// `import 'direct-upload/react'` registers <direct-upload> and types it in the JSX of React 19.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { DirectUploadAttributes, DirectUploadHandlers, DirectUploadProperties } from '../element/markup.js';
import type { DirectUploadElement } from '../element.js';

export * from '../index.js';

type Base = DetailedHTMLProps<HTMLAttributes<DirectUploadElement>, DirectUploadElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'direct-upload': Base & DirectUploadAttributes & DirectUploadProperties & DirectUploadHandlers;
    }
  }
}
