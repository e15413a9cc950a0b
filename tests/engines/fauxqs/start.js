// fauxqs' own start listens on every address of this machine: node start.js PORT
import { buildApp } from 'fauxqs';

await buildApp({ logger: false }).listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
