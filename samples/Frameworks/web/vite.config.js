import { readFile } from 'node:fs/promises';
import { transformAsync } from '@babel/core';
import linker from '@angular/compiler-cli/linker/babel';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Vue: <direct-upload> is an element, not one of the application's components.
const vueOptions = { template: { compilerOptions: { isCustomElement: (tag) => tag === 'direct-upload' } } };

// Angular's packages are compiled in part; Angular CLI finishes them in the same way. ngc has compiled the application.
const angularLinker = {
  name: 'angular-linker',
  enforce: 'pre',
  async load(id) {
    const path = id.split('?')[0];
    if (!/@angular\/.*\.mjs$/.test(path)) return;
    const options = { filename: path, compact: true, configFile: false, babelrc: false, plugins: [linker] };
    return (await transformAsync(await readFile(path, 'utf8'), options)).code;
  },
};

export default defineConfig({
  plugins: [vue(vueOptions), svelte(), angularLinker],
  define: { ngDevMode: 'false' },
  build: {
    assetsInlineLimit: 0, // a strict Content Security Policy allows no data: URLs
    rolldownOptions: { input: ['index.html', ...['react', 'vue', 'svelte', 'angular'].map((name) => `${name}/index.html`)] },
  },
});
