// One of the two API processes that bench/contested.bench.mjs asks at once. Says its address and ends with its parent.
import { startProgram } from './place.mjs';

const { app, base } = await startProgram(process.argv[2]);
process.on('disconnect', async () => {
  await app.close();
  process.exit(0);
});
process.send(base);
