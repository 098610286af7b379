import { lookup } from 'node:dns/promises';
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import ipaddr from 'ipaddr.js';
import { CONFIG, type Config } from './config.js';
import { declareProblems } from './problem.js';

declareProblems({
  'platform.address-not-allowed': [422, 'This address cannot be read from here: it has to begin with https:// and to be on the public internet.'],
  'platform.address-not-reached': [422, 'Nothing could be read at this address just now: check it, or try again later.'],
  'platform.answer-too-large': [422, 'What is at this address is larger than can be read (5 MB).'],
});

/** What an address answered; `unchanged` when it is what was read before. */
export type Read = { readonly unchanged: true } | { readonly unchanged: false; readonly content: string; readonly etag: string | null };

export type Resolve = (host: string) => Promise<readonly string[]>;

interface Target {
  readonly url: URL;
  /** The address that was checked: the connection goes there and nowhere else, whatever the name says a moment later. */
  readonly ip: string;
}

const mostRedirects = 3;
const mostBytes = 5 * 1024 * 1024;
const mostMs = 10_000;
const ports = new Set(['', '443', '8443']);

const resolved: Resolve = async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * Reads addresses that people enter. Whoever enters one could otherwise have the server look around in its own network,
 * so that only public addresses are read: every address a name resolves to is checked, also after each redirect.
 */
@Injectable()
export class Outbound {
  readonly #loopback: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.#loopback = config.outboundLoopback;
  }

  /** @throws `platform.address-not-allowed`, `platform.address-not-reached`, `platform.answer-too-large` */
  async read(address: string, etag: string | null = null, resolve: Resolve = resolved): Promise<Read> {
    const signal = AbortSignal.timeout(mostMs);
    let next = address;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const target = await this.target(next, resolve);
      const answer = await ask(target, etag, signal);
      const { location } = answer.headers;
      const status = answer.statusCode ?? 0;
      if (status >= 300 && status < 400 && status !== 304 && location) {
        answer.destroy();
        next = new URL(location, target.url).href;
        continue;
      }
      return contentOf(answer, signal);
    }
    throw new DomainError('platform.address-not-reached', { why: 'too many redirects' });
  }

  /** The one address that is connected to. @throws `platform.address-not-allowed`, `platform.address-not-reached` */
  async target(address: string, resolve: Resolve = resolved): Promise<Target> {
    const url = URL.canParse(address) ? new URL(address.replace(/^webcal:/i, 'https:')) : undefined;
    if (!url || url.username || url.password) throw new DomainError('platform.address-not-allowed');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (this.#loopback && url.protocol === 'http:' && host === '127.0.0.1') return { url, ip: host };
    if (url.protocol !== 'https:' || !ports.has(url.port)) throw new DomainError('platform.address-not-allowed');
    const ips = isIP(host) ? [host] : await resolve(host).catch(() => []);
    const [first] = ips;
    if (!first) throw new DomainError('platform.address-not-reached', { why: 'no such name' });
    if (!ips.every(isPublic)) throw new DomainError('platform.address-not-allowed');
    return { url, ip: first };
  }
}

/** True for an address of the public internet: not private, loopback, link-local, shared, multicast, reserved, or one of those in IPv6's clothes. */
export function isPublic(ip: string): boolean {
  return ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'unicast';
}

const unreached = (why: string) => new DomainError('platform.address-not-reached', { why });

function ask({ url, ip }: Target, etag: string | null, signal: AbortSignal): Promise<IncomingMessage> {
  const family = isIP(ip);
  const options = {
    signal,
    agent: false,
    headers: { accept: 'text/calendar, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'Fairshare', ...(etag ? { 'if-none-match': etag } : {}) },
    lookup: (_host: string, wanted: { all?: boolean }, done: (error: null, address: unknown, family?: number) => void) =>
      wanted.all ? done(null, [{ address: ip, family }]) : done(null, ip, family),
  };
  return new Promise((answer, refuse) => {
    const send = url.protocol === 'http:' ? plainRequest : tlsRequest;
    send(url, options as Parameters<typeof tlsRequest>[1] & object, answer)
      .on('error', (error: Error) => refuse(unreached(signal.aborted ? 'it took too long' : error.message)))
      .end();
  });
}

async function contentOf(answer: IncomingMessage, signal: AbortSignal): Promise<Read> {
  if (answer.statusCode === 304) {
    answer.destroy();
    return { unchanged: true };
  }
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw unreached(`it answered ${answer.statusCode}`);
  }
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > mostBytes) {
        answer.destroy();
        throw new DomainError('platform.answer-too-large');
      }
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw unreached(signal.aborted ? 'it took too long' : 'the connection broke');
  }
  return { unchanged: false, content: Buffer.concat(pieces).toString('utf8'), etag: answer.headers.etag ?? null };
}
