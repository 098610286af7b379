import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DomainError } from '@fairshare/domain/kernel/domain-error';
import { isPublic, Outbound } from '../../src/platform/outbound.js';
import { testConfig } from '../harness.js';

const outbound = new Outbound(testConfig);
const local = new Outbound({ ...testConfig, outboundLoopback: true });
const answers: Record<string, RequestListener> = {};
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => (answers[request.url ?? ''] ?? ((_, r) => r.writeHead(404).end()))(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const codeOf = async (work: Promise<unknown>) => work.then(() => 'read', (error: DomainError) => error.code);
const to = (...ips: string[]) => () => Promise.resolve(ips);

describe('addresses that people enter', () => {
  it.each([
    'http://calendar.example/feed.ics', 'ftp://calendar.example/', 'file:///etc/passwd', 'nonsense', '', 'https://user:secret@calendar.example/', 'https://calendar.example:22/', 'https://calendar.example:5432/',
    'https://127.0.0.1/', 'https://0x7f.1/', 'https://2130706433/', 'https://10.1.2.3/', 'https://172.20.0.1/', 'https://192.168.1.1/', 'https://169.254.169.254/latest/meta-data/', 'https://100.64.0.1/', 'https://0.0.0.0/',
    'https://224.0.0.1/', 'https://[::1]/', 'https://[::]/', 'https://[fe80::1]/', 'https://[fd00::1]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:a00:1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/',
  ])('When somebody enters %s, then it is refused', async (address) => {
    expect(await codeOf(outbound.target(address, to('93.184.215.14')))).toBe('platform.address-not-allowed');
  });

  it('When any of the addresses of a name is private, then the name is refused', async () => {
    expect(await codeOf(outbound.target('https://calendar.example/feed.ics', to('93.184.215.14', '10.0.0.8')))).toBe('platform.address-not-allowed');
    expect(await codeOf(outbound.target('https://calendar.example/feed.ics', to('93.184.215.14', '::1')))).toBe('platform.address-not-allowed');
    expect(await codeOf(outbound.target('https://calendar.example/feed.ics', to()))).toBe('platform.address-not-reached');
  });

  it('When the name is public, then the connection goes to the address that was checked', async () => {
    expect(await outbound.target('webcal://calendar.example/feed.ics', to('93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'))).toMatchObject({ ip: '93.184.215.14', url: { href: 'https://calendar.example/feed.ics' } });
    expect([isPublic('8.8.8.8'), isPublic('2001:4860:4860::8888'), isPublic('not an address')]).toEqual([true, true, false]);
  });

  it('When the program is not under test, then loopback is refused like any other private address', async () => {
    expect(await codeOf(outbound.read(`${base}/plain`))).toBe('platform.address-not-allowed');
  });
});

describe('reading an address', () => {
  it('When it answers, then its content and its ETag are read, and the same again is unchanged', async () => {
    answers['/plain'] = (request, response) => (request.headers['if-none-match'] === '"one"' ? response.writeHead(304).end() : response.writeHead(200, { etag: '"one"' }).end('BEGIN:VCALENDAR'));
    expect(await local.read(`${base}/plain`)).toEqual({ unchanged: false, content: 'BEGIN:VCALENDAR', etag: '"one"' });
    expect(await local.read(`${base}/plain`, '"one"')).toEqual({ unchanged: true });
  });

  it('When it leads on to a private address, then that is refused; three steps are followed and no more', async () => {
    answers['/inside'] = (_, response) => response.writeHead(302, { location: 'https://169.254.169.254/latest/meta-data/' }).end();
    answers['/plainly'] = (_, response) => response.writeHead(302, { location: 'http://calendar.example/' }).end();
    for (const n of [1, 2, 3, 4]) answers[`/step${n}`] = (_, response) => response.writeHead(301, { location: n === 1 ? '/end' : `/step${n - 1}` }).end();
    answers['/end'] = (_, response) => response.writeHead(200).end('there');
    expect(await codeOf(local.read(`${base}/inside`))).toBe('platform.address-not-allowed');
    expect(await codeOf(local.read(`${base}/plainly`))).toBe('platform.address-not-allowed');
    expect(await local.read(`${base}/step3`)).toMatchObject({ content: 'there' });
    expect(await codeOf(local.read(`${base}/step4`))).toBe('platform.address-not-reached');
  });

  it('When it is larger than 5 MB, answers wrongly or breaks off, then it says so', async () => {
    answers['/large'] = (_, response) => {
      response.writeHead(200);
      const piece = Buffer.alloc(1024 * 1024, 'x');
      const more = () => {
        while (!response.destroyed && response.write(piece));
        response.once('drain', more);
      };
      more();
    };
    answers['/broken'] = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => response.destroy(), 50);
    };
    expect(await codeOf(local.read(`${base}/large`))).toBe('platform.answer-too-large');
    expect(await codeOf(local.read(`${base}/missing`))).toBe('platform.address-not-reached');
    expect(await codeOf(local.read(`${base}/broken`))).toBe('platform.address-not-reached');
    expect(await codeOf(local.read('http://127.0.0.1:9/'))).toBe('platform.address-not-reached');
  });
});
