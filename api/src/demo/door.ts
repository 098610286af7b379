import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignIn } from '../identity/sign-in.service.js';
import { Clock } from '../platform/clock.js';
import { Limits } from '../platform/limits.js';

export interface Said {
  readonly status: number;
  // The demonstration reads a handful of fields of many answers; the contract's schemas guard them on the way out.
  readonly body: Record<string, unknown> & { items?: Record<string, unknown>[] };
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * The API's own front door, for a person of the demonstration on a day of its past. What the demonstration holds was
 * checked like everything else: it went through the same routes, permissions and rules.
 */
export class Door {
  readonly #app: NestFastifyApplication;
  readonly #clock: Clock;
  readonly #cookie: string;
  readonly #limits: Limits;
  #day: Date | undefined;

  private constructor(app: NestFastifyApplication, cookie: string) {
    this.#app = app;
    this.#clock = app.get(Clock);
    this.#limits = app.get(Limits);
    this.#cookie = cookie;
  }

  static async open(app: NestFastifyApplication, email: string, password: string): Promise<Door> {
    const outcome = await app.get(SignIn).byPassword({ email, password }, { address: null, device: 'demonstration' });
    if ('asked' in outcome) throw new Error('A person of the demonstration was asked for a second factor.');
    return new Door(app, outcome.token);
  }

  /** From now on requests happen at this moment; undefined is the present. */
  on(day: Date | undefined): this {
    this.#day = day;
    return this;
  }

  get(path: string): Promise<Said> {
    return this.#expect('GET', path);
  }

  post(path: string, body: object = {}): Promise<Said> {
    return this.#expect('POST', path, body);
  }

  put(path: string, body: object): Promise<Said> {
    return this.#expect('PUT', path, body);
  }

  /** For what may be refused, such as a period that somebody else has taken by now. */
  async try(method: Method, path: string, body?: object): Promise<Said> {
    const send = () => this.#app.inject({ method, url: path, cookies: { fairshare_session: this.#cookie }, ...(body ? { payload: body } : {}) });
    const response = await this.#limits.unlimited(() => (this.#day ? this.#clock.pretend(this.#day, send) : send()));
    return { status: response.statusCode, body: response.body ? (response.json() as Said['body']) : {} };
  }

  async upload(path: string, name: string, content: string): Promise<Said> {
    const boundary = 'demonstration-file';
    const payload = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n--${boundary}--\r\n`;
    const send = () =>
      this.#app.inject({
        method: 'POST', url: path, payload, cookies: { fairshare_session: this.#cookie },
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      });
    const response = await (this.#day ? this.#clock.pretend(this.#day, send) : send());
    if (response.statusCode >= 400) throw new Error(`The demonstration was refused: POST ${path} answered ${response.statusCode} ${response.body}`);
    return { status: response.statusCode, body: response.json() as Said['body'] };
  }

  async #expect(method: Method, path: string, body?: object): Promise<Said> {
    const said = await this.try(method, path, body);
    if (said.status >= 400) throw new Error(`The demonstration was refused: ${method} ${path} answered ${said.status} ${JSON.stringify(said.body)}`);
    return said;
  }
}
