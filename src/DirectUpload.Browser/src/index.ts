// The client, and the custom element <direct-upload>, which this module registers.
export * from './client.js';
export * from './element.js';
