export declare function hashBlob(blob: Blob): Promise<string>;
