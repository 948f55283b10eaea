// The handler of the tests of the driver: writes down each call, and does what plan.json says at that moment.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const folder = process.env.STUB_FOLDER;

const ask = address => new Promise(resolve => {
  http.get(address, answer => answer.resume().on('end', resolve)).on('error', resolve);
});

const end = how => {
  if (how === 'SIGKILL') process.kill(process.pid, how);
  else process.exit(how);
};

http.createServer((request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', async () => {
    if (request.url === '/') return response.end();
    const call = { process: process.pid, path: request.url, headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
    fs.appendFileSync(path.join(folder, 'calls.ndjson'), JSON.stringify(call) + '\n');
    const plan = JSON.parse(fs.readFileSync(path.join(folder, 'plan.json'), 'utf8'));
    if (plan.ends !== undefined) return end(plan.ends);
    if (plan.asks) await ask(plan.asks);
    response.writeHead(plan.status, plan.type ? { 'Content-Type': plan.type } : {});
    response.end(plan.body);
  });
}).listen(Number(process.env.FUNCTIONS_CUSTOMHANDLER_PORT), '127.0.0.1', () => console.log('stub listens'));
