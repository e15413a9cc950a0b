export declare function hashBlob(blob: Blob, isCrc?: boolean): Promise<string>;
