export default async function tearDown() {
  const child = globalThis.journeysProduct;
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((done) => child.on('exit', done));
  child.kill('SIGINT');
  await ended;
}
