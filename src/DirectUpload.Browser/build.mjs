// Builds dist/: ES modules by esbuild and terser, and their declarations by tsc. The output depends only on the sources.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

const here = fileURLToPath(new URL('.', import.meta.url));
const languages = ['en', 'de', 'fr', 'es', 'ko', 'ja'];

// What few pages need is in files of their own, loaded only then: the texts, the diagnosis of CORS, dropped folders.
const lazyFiles = {
  name: 'lazy-files',
  setup({ onResolve }) {
    onResolve({ filter: /\/texts\/(en|de|fr|es|ko|ja)\.js$/ }, ({ path, kind }) => kind === 'dynamic-import'
      ? { path: `./direct-upload.${/(..)\.js$/.exec(path)[1]}.js`, external: true }
      : undefined);
    onResolve({ filter: /\/(cors-check|folder-walk)\.js$/ }, ({ path }) => (
      { path: `./direct-upload.${/(\w+)-/.exec(path)[1]}.js`, external: true }));
    onResolve({ filter: /\.\/direct-upload\.worker\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};

// Members that only the own modules of client and element use. None is in the contract, in JSON or in the browser's objects.
const internal = [
  'acquire', 'announce', 'clock', 'element', 'enter', 'forget', 'http', 'instructions', 'internals', 'isContinued',
  'isDisabled', 'isEnding', 'lifetime', 'lose', 'most', 'offer', 'onProgress', 'onRetry', 'onStart', 'opaque', 'owner',
  'picture', 'remembered', 'remembers', 'removeButton', 'renew', 'requests', 'retryAfter', 'save', 'session',
  'showError', 'transient', 'unlock',
];

rmSync(`${here}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: {
    'direct-upload': 'src/index.ts',
    client: 'src/client.ts',
    'direct-upload.worker': 'src/worker.ts',
    'direct-upload.uppy': 'src/uppy.ts',
    'direct-upload.cors': 'src/cors-check.ts',
    'direct-upload.folder': 'src/folder-walk.ts',
    ...Object.fromEntries(languages.map((language) => [`direct-upload.${language}`, `src/texts/${language}.ts`])),
  },
  outdir: 'dist',
  bundle: true,
  minify: true,
  mangleProps: new RegExp(`^(${internal.join('|')})$`),
  format: 'esm',
  target: ['es2022', 'chrome119', 'firefox124', 'safari17.4'],
  charset: 'utf8',
  legalComments: 'none',
  plugins: [lazyFiles],
});
// Terser makes modules of classes about 4 % smaller than esbuild alone.
for (const name of readdirSync(`${here}dist`)) {
  const path = `${here}dist/${name}`;
  const compress = { passes: 3, hoist_funs: true, unsafe_arrows: true, unsafe_methods: true };
  const { code } = await minify(readFileSync(path, 'utf8'), { module: true, ecma: 2020, compress });
  writeFileSync(path, `${code}\n`);
}
execFileSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', here], { stdio: 'inherit' });
// Declarations that need the packages of frameworks, which their users have.
cpSync(`${here}src/frameworks`, `${here}dist/frameworks`, { recursive: true });
