// Proves that the types find mistakes: each is made in a copy of the application, whose check must fail with the words given.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('.', import.meta.url));
const check = {
  react: (folder) => ['typescript/bin/tsc', '-p', folder],
  vue: (folder) => ['vue-tsc/bin/vue-tsc.js', '-p', folder],
  svelte: (folder) => ['svelte-check/bin/svelte-check', '--workspace', folder, '--tsconfig', './tsconfig.json', '--output', 'human'],
  angular: (folder) => ['@angular/compiler-cli/bundles/src/bin/ngc.js', '-p', folder, '--noEmit'],
};
const mistakes = [
  ['react', 'main.tsx', 'profile="picture"', 'profil="picture"', /'profil'|profil:/],
  ['react', 'main.tsx', 'max-size={5_000_000}', 'max-size={true}', /"max-size": boolean/],
  ['vue', 'ProfilePicture.vue', ':max-size=', ':max-sise=', /'maxSise' does not exist/],
  ['vue', 'ProfilePicture.vue', ':max-size="5_000_000"', ':max-size="true"', /'true' is not assignable/],
  ['svelte', 'ProfilePicture.svelte', 'max-size=', 'max-sise=', /"max-sise"' does not exist/],
  ['svelte', 'ProfilePicture.svelte', 'max-size={5_000_000}', 'max-size={true}', /'true' is not assignable/],
  ['angular', 'main.ts', 'picture.value', 'picture.valu', /'valu' does not exist/],
];

for (const [name, file, right, wrong, expected] of mistakes) {
  const folder = `${name}-mistake`;
  cpSync(web + name, web + folder, { recursive: true });
  const source = readFileSync(`${web}${folder}/${file}`, 'utf8');
  if (!source.includes(right)) throw new Error(`${name}/${file} does not contain ${right}.`);
  writeFileSync(`${web}${folder}/${file}`, source.replace(right, wrong));
  const [script, ...args] = check[name](folder);
  const { status, stdout, stderr } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], { cwd: web, encoding: 'utf8' });
  rmSync(web + folder, { recursive: true });
  const found = status !== 0 && expected.test(stdout + stderr);
  console.log(`${found ? 'found' : 'NOT FOUND'}: ${name}: ${wrong}`);
  if (!found) {
    console.error(stdout + stderr);
    process.exitCode = 1;
  }
}
