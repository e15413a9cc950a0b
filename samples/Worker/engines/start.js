// DynamoDB (dynalite) and SQS (fauxqs) on free ports of this machine, in memory: node start.js
// The first line of the output has their addresses. They end with the standard input, however the program that holds it ends.
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';

const dynamoDB = dynalite({ createTableMs: 20 });
await new Promise((resolve, reject) => dynamoDB.on('error', reject).listen(0, '127.0.0.1', resolve));
const sqs = await buildApp({ logger: false }).listen({ host: '127.0.0.1', port: 0 });

console.log(JSON.stringify({ dynamoDB: `http://127.0.0.1:${dynamoDB.address().port}`, sqs }));
process.on('SIGINT', () => {}); // Ctrl+C reaches this program too, and the hosts stop first.
process.stdin.resume().on('close', () => process.exit());
