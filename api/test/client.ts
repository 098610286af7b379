export interface Answer {
  readonly status: number;
  // A test reads whatever came back; the schema of the answer is checked by the app itself.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser without a page: keeps the cookie and speaks JSON. */
export class Client {
  readonly base: string;
  readonly userId: string | undefined;
  #cookie: string | undefined;
  /** Set on the way to a provider and given back on the way home. */
  #flow: string | undefined;

  constructor(base: string, userId?: string, cookie?: string) {
    this.base = base;
    this.userId = userId;
    this.#cookie = cookie;
  }

  get cookie(): string | undefined {
    return this.#cookie;
  }

  /** The same session against another process. */
  at(base: string): Client {
    return new Client(base, this.userId, this.#cookie);
  }

  async signIn(email: string, password: string): Promise<Answer> {
    const answer = await this.post('/api/session', { email, password });
    if (answer.status !== 200) throw new Error(`Signing in as ${email} answered ${answer.status}.`);
    return answer;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('PUT', path, body, headers);
  }

  delete(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('DELETE', path, undefined, headers);
  }

  /** A multipart request with one file, as a form sends it. */
  upload(path: string, name: string, content: Uint8Array | string): Promise<Answer> {
    const form = new FormData();
    form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name);
    return this.send('POST', path, form);
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const json = body !== undefined && !(body instanceof FormData);
    const response = await fetch(this.base + path, {
      method,
      redirect: 'manual',
      headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...(this.#cookie || this.#flow ? { cookie: [this.#cookie, this.#flow].filter(Boolean).join('; ') } : {}), ...headers },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData) }),
    });
    const set = response.headers.getSetCookie().find((line) => line.startsWith('fairshare_session='));
    if (set) this.#cookie = set.split(';')[0];
    const flow = response.headers.getSetCookie().find((line) => line.startsWith('fairshare_flow='));
    if (flow) this.#flow = flow.split(';')[0];
    const text = await response.text();
    return { status: response.status, body: parsed(text), headers: response.headers, text };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Waits until a condition holds, for work that goes on in the background. */
export async function until<T>(look: () => Promise<T | undefined | false>, timeoutMs = 20_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error('What was waited for did not happen in time.');
    await new Promise((done) => setTimeout(done, 50));
  }
}
