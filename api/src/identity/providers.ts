import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import * as client from 'openid-client';
import { CONFIG, type Config } from '../platform/config.js';
import type { ProviderSettings } from '../platform/provider-settings.js';

/** What one way to a provider and back has to remember; it never leaves the house. */
export interface Flow {
  readonly provider: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** Whether the provider was told to ask for the password anew. */
  readonly again?: boolean;
}

/** Who came back. */
export interface Outsider {
  readonly issuer: string;
  readonly subject: string;
  /** Whether the provider says that it saw more than a password. */
  readonly secondFactor: boolean;
}

/** How old a sign-in at the provider may be, in seconds, where it was told to ask anew and says when it last did. */
const mostSecondsSince = 300;

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** OpenID Connect: code flow with PKCE, state and nonce; the token's signature is checked though it comes over TLS. */
@Injectable()
export class Providers {
  readonly #log = new Logger('Providers');
  readonly #settings: readonly ProviderSettings[];
  readonly #discovered = new Map<string, Promise<client.Configuration>>();

  constructor(@Inject(CONFIG) config: Config) {
    this.#settings = config.providers;
  }

  list(): { id: string; name: string }[] {
    return this.#settings.map(({ id, name }) => ({ id, name }));
  }

  /** Where to send the browser. @throws `platform.not-found`, `identity.provider-away`. */
  async begin(id: string, redirectUri: string, again: boolean): Promise<{ url: string; flow: Flow }> {
    const config = await this.#configuration(id);
    const flow = { provider: id, state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), redirectUri, ...(again ? { again } : {}) };
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri, scope: 'openid', state: flow.state, nonce: flow.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(flow.verifier), code_challenge_method: 'S256',
      // Somebody who has to show once more that it is them types their password there.
      ...(again ? { prompt: 'login', max_age: '0' } : {}),
    });
    return { url: url.href, flow };
  }

  /** @throws `identity.provider-other-way`, `identity.not-proved`, `identity.provider-cancelled`, `identity.provider-refused`, `identity.provider-away`. */
  async finish(flow: Flow, query: string): Promise<Outsider> {
    const back = new URL(flow.redirectUri);
    back.search = query;
    if (back.searchParams.get('state') !== flow.state) throw new DomainError('identity.provider-other-way');
    if (back.searchParams.has('error')) throw new DomainError('identity.provider-cancelled');
    const claims = await this.#claimsOf(flow, back);
    // Microsoft and Google need not say when; where it is said, a sign-in of this morning shows nothing now.
    const since = typeof claims.auth_time === 'number' ? claims.iat - claims.auth_time : 0;
    if (flow.again && since > mostSecondsSince) throw new DomainError('identity.not-proved');
    const amr = Array.isArray(claims['amr']) ? (claims['amr'] as unknown[]) : [];
    return { issuer: claims.iss, subject: claims.sub, secondFactor: amr.includes('mfa') };
  }

  async #claimsOf(flow: Flow, back: URL): Promise<client.IDToken> {
    const config = await this.#configuration(flow.provider);
    try {
      const tokens = await client.authorizationCodeGrant(config, back, {
        pkceCodeVerifier: flow.verifier, expectedState: flow.state, expectedNonce: flow.nonce, idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('There is no ID token.');
      return claims;
    } catch (error) {
      // What exactly was wrong helps whoever tampers and nobody else; the log keeps its kind.
      this.#log.warn(`${flow.provider}: ${(error as { code?: string }).code ?? 'refused'}`);
      throw new DomainError('identity.provider-refused');
    }
  }

  async #configuration(id: string): Promise<client.Configuration> {
    const settings = this.#settings.find((each) => each.id === id);
    if (!settings) throw new DomainError('platform.not-found');
    const asked = this.#discovered.get(id) ?? this.#discover(settings);
    this.#discovered.set(id, asked);
    try {
      return await asked;
    } catch (error) {
      // The next one asks anew: providers are away for minutes, processes live for weeks.
      this.#discovered.delete(id);
      this.#log.warn(`${id} cannot be reached: ${(error as { code?: string }).code ?? 'no answer'}`);
      throw new DomainError('identity.provider-away');
    }
  }

  #discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<client.Configuration> {
    const url = new URL(issuer);
    const plain = url.protocol === 'http:' && loopback.has(url.hostname) ? [client.allowInsecureRequests] : [];
    return client.discovery(url, clientId, clientSecret, undefined, { execute: [client.enableNonRepudiationChecks, ...plain], timeout: 10 });
  }
}
