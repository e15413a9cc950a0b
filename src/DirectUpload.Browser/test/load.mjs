// Loads modules of src/ as JavaScript, with the browser's globals that they need.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export async function load(...modules) {
  const { outputFiles: [{ text }] } = await build({
    stdin: {
      contents: modules.map((module) => `export * from './src/${module}.ts';`).join('\n'),
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}
