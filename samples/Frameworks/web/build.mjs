// Checks the types of the four applications and builds their pages into dist/.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('.', import.meta.url));
const installed = `${web}node_modules/direct-upload`;
const source = `${web}../../../src/DirectUpload.Browser`;

function run(script, ...args) {
  return new Promise((resolve, reject) => {
    const options = { cwd: web, stdio: 'inherit' };
    spawn(process.execPath, [`node_modules/${script}`, ...args], options)
      .on('error', reject)
      .on('exit', (code) => code === 0 ? resolve() : reject(new Error(`${script} ${args.join(' ')} exited with code ${code}.`)));
  });
}

// Stands in for "npm install direct-upload": this repository's package, with its declarations.
rmSync(installed, { recursive: true, force: true });
mkdirSync(installed, { recursive: true });
cpSync(`${source}/package.json`, `${installed}/package.json`);
cpSync(`${source}/dist`, `${installed}/dist`, { recursive: true });
cpSync(`${source}/src/frameworks`, `${installed}/dist/frameworks`, { recursive: true });
await run('typescript/bin/tsc', '-p', source, '--outDir', `${installed}/dist`);

const angular = run('@angular/compiler-cli/bundles/src/bin/ngc.js', '-p', 'angular')
  .then(() => process.argv.includes('--check') || run('vite/bin/vite.js', 'build', '--logLevel', 'warn'));
const others = run('typescript/bin/tsc', '-p', 'react')
  .then(() => run('vue-tsc/bin/vue-tsc.js', '-p', 'vue'))
  .then(() => run('svelte-check/bin/svelte-check', '--workspace', 'svelte', '--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings'));
await Promise.all([angular, others]).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
