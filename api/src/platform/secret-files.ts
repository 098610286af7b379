import { readFileSync } from 'node:fs';

/** What an installation may keep in a mounted file instead of its environment: `DATABASE_URL_FILE` and so on. */
export const secrets = [
  'DATABASE_URL', 'FAIRSHARE_KEY', 'DEMO_PASSWORD', 'SMTP_URL', 'SMTP_PASSWORD',
  'SIGN_IN_MICROSOFT_CLIENT_SECRET', 'SIGN_IN_GOOGLE_CLIENT_SECRET', 'SIGN_IN_DFE_CLIENT_SECRET',
] as const;

/** The environment with each `…_FILE` read. @throws one sentence that names the setting whose file cannot be read. */
export function withSecretFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const read = secrets.flatMap((name) => {
    const path = env[`${name}_FILE`];
    return path ? [[name, contentOf(name, path)] as const] : [];
  });
  return { ...env, ...Object.fromEntries(read) };
}

function contentOf(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Error(`The file named by ${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`, { cause: error });
  }
}
