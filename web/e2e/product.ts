import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Product {
  readonly url: string;
  readonly password: string;
  /** Puts the product's clock forward by so many days from now on. */
  forward(days: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the product with its demonstration in an empty folder. */
export async function startProduct(): Promise<Product> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'run-product.mjs'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, NODE_OPTIONS: '' } });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`The product ended before it was ready:\n${said}`)));
  ended.catch(() => undefined);
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string; password: string }];
  return {
    ...ready,
    forward: async (days) => {
      child.send({ forwardMs: days * 86_400_000 });
      await once(child, 'message');
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
