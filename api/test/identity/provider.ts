import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A change to the ID token on its way out, signed again with the provider's own key unless another is given. */
export interface Tampering {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

export const client = { id: 'fairshare', secret: 'a-secret-that-only-the-two-know' };

/** A real provider on loopback; what it says about people can be made to lie. */
export class TestProvider {
  readonly issuer: string;
  readonly #server: Server;
  #handler: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly #key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  #tampering: Tampering | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => this.#handler?.(request, response));
  }

  static async listen(): Promise<TestProvider> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new TestProvider(server);
  }

  /** Knows Fairshare as its client, once its address is known. */
  serve(app: string): void {
    const provider = new Provider(this.issuer, {
      clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [`${app}/sign-in/back`], token_endpoint_auth_method: 'client_secret_post' }],
      pkce: { required: () => true },
      jwks: { keys: [{ ...this.#key.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'own' }] },
      cookies: { keys: ['a key of the test'] },
      conformIdTokenClaims: false,
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
      ttl: { AuthorizationCode: 60, IdToken: 3600, Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 3600 },
    });
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (this.#tampering && context.path === '/token' && body?.id_token) context.body = { ...body, id_token: this.#lie(body.id_token, this.#tampering) };
    });
    this.#handler = provider.callback();
  }

  /** From now on tokens say what they should not; without an argument they are honest again. */
  tamper(tampering?: Tampering): void {
    this.#tampering = tampering;
  }

  /** Signs in there as a person would, and answers the address that the browser is sent back to. */
  async visit(url: string, login: string): Promise<URL> {
    const jar = new Map<string, string>();
    let next = new URL(url);
    for (let hop = 0; hop < 12; hop++) {
      if (next.origin !== this.issuer) return next;
      const body = next.pathname.startsWith('/interaction/') ? await this.#form(next, jar, login) : undefined;
      const response = await this.#ask(next, jar, body);
      const location = response.headers.get('location');
      if (!location) throw new Error(`The provider stopped at ${next.pathname} with ${response.status}: ${(await response.text()).replace(/<style>[^]*?<\/style>|<[^>]+>|\s+/g, ' ').slice(0, 600)}`);
      next = new URL(location, next);
    }
    throw new Error('The provider sent the browser round in circles.');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #form(page: URL, jar: Map<string, string>, login: string): Promise<URLSearchParams> {
    const html = await (await this.#ask(page, jar)).text();
    return html.includes('name="login"') ? new URLSearchParams({ prompt: 'login', login, password: 'any' }) : new URLSearchParams({ prompt: 'consent' });
  }

  async #ask(url: URL, jar: Map<string, string>, body?: URLSearchParams): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(body ? { method: 'POST', body } : {}) });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';') as [string];
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  }

  #lie(token: string, { claims, key = this.#key }: Tampering): string {
    const [header, payload] = token.split('.') as [string, string];
    const said = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), ...claims };
    const signed = `${header}.${Buffer.from(JSON.stringify(said)).toString('base64url')}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
  }
}

