// Asks one address at a steady pace from a thread of its own, so that reading the answers costs the program nothing.
import { parentPort, workerData } from 'node:worker_threads';

const { url, cookie, requests, everyMs } = workerData;
const times = [];
const ask = async () => {
  const from = performance.now();
  const answer = await fetch(url, { headers: { cookie } });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  times.push(performance.now() - from);
};
await ask();
times.length = 0;
const began = performance.now();
const asked = [];
for (let i = 0; i < requests; i++) {
  await new Promise((done) => setTimeout(done, Math.max(0, began + i * everyMs - performance.now())));
  asked.push(ask());
}
await Promise.all(asked);
parentPort.postMessage(times.sort((a, b) => a - b));
