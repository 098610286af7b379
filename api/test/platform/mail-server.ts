import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real mail server of the test's own; it may be put out of order. */
export class MailServer {
  readonly received: ParsedMail[] = [];
  /** Takes the line and never answers, as a server that hangs does. */
  hangs = false;
  /** Says no for good to whoever is addressed so. */
  refused = 'nobody@test.example';
  /** How many times somebody began to hand over a mail. */
  offered = 0;
  port = 0;
  #server: SMTPServer | undefined;

  async start(): Promise<this> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onRcptTo: ({ address }, _session, done) => {
        if (address === this.refused) done(Object.assign(new Error('No such person here'), { responseCode: 550 }));
        else done();
      },
      onData: (stream, _session, done) => {
        this.offered += 1;
        if (this.hangs) {
          stream.resume();
          return;
        }
        void simpleParser(stream).then((mail) => {
          this.received.push(mail);
          done();
        });
      },
    });
    server.on('error', () => undefined);
    const listening = server.listen(this.port, '127.0.0.1');
    await once(listening, 'listening');
    this.port = (listening.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    for (const connection of server.connections) connection._socket?.destroy();
    await new Promise<void>((done) => server.close(done));
  }

  to(address: string): ParsedMail[] {
    return this.received.filter((mail) => [mail.to].flat().some((one) => one?.text === address));
  }
}
