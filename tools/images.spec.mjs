// No engine for containers runs where we test: the form of the compose file and every file that the images' steps name are checked here.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { root } from './build.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const text = { type: 'string', minLength: 1 };
const duration = { type: 'string', pattern: '^(\\d+(ms|s|m|h))+$' };
const list = (items) => ({ type: 'array', items, minItems: 1, uniqueItems: true });
const closed = (properties, required = []) => ({ type: 'object', properties, required, additionalProperties: false });

/** The part of the compose specification that our file uses, closed: a misspelt key is a fault. */
const service = closed({
  image: { type: 'string', pattern: '^[a-z0-9./-]+:[\\w.-]+$' },
  build: closed({ context: text, dockerfile: text }, ['context', 'dockerfile']),
  command: list(text),
  environment: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
  ports: list({ type: 'string', pattern: '^([\\d.]+:)?\\d+:\\d+$' }),
  volumes: list({ type: 'string', pattern: '^[\\w./-]+:/[\\w./-]+(:ro)?$' }),
  tmpfs: list(text),
  read_only: { type: 'boolean' },
  restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
  cap_drop: list(text),
  security_opt: list(text),
  depends_on: { anyOf: [list(text), { type: 'object', additionalProperties: closed({ condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } }, ['condition']) }] },
  healthcheck: closed({ disable: { type: 'boolean' }, test: list(text), interval: duration, timeout: duration, retries: { type: 'integer' } }),
});
const composeFile = {
  type: 'object',
  required: ['name', 'services', 'volumes'],
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', additionalProperties: service, minProperties: 1 },
    volumes: { type: 'object', additionalProperties: { type: 'null' } },
  },
  patternProperties: { '^x-': {} },
  additionalProperties: false,
};
const compose = parse(read('docker/compose.yml'), { merge: true });
const faults = (file) => {
  const check = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(composeFile);
  return check(file) ? [] : check.errors;
};

describe('docker/compose.yml', () => {
  it('When it is read, then it has the form of a compose file; when a key is misspelt, then that is seen', () => {
    expect(faults(compose)).toEqual([]);
    const [name] = Object.keys(compose.services);
    expect(faults({ ...compose, services: { ...compose.services, [name]: { ...compose.services[name], readonly: true } } })).not.toEqual([]);
  });

  it('When services name one another, files and volumes, then those are there', () => {
    for (const part of Object.values(compose.services)) {
      for (const other of Array.isArray(part.depends_on) ? part.depends_on : Object.keys(part.depends_on ?? {})) expect(Object.keys(compose.services)).toContain(other);
      if (part.build) expect(existsSync(join(root, 'docker', part.build.context, part.build.dockerfile))).toBe(true);
      for (const [source] of (part.volumes ?? []).map((volume) => volume.split(':'))) {
        if (source.startsWith('.')) expect(existsSync(join(root, 'docker', source))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  it('When our own program runs, then twice and with a worker, read-only, without rights, and with every secret asked for', () => {
    const ours = Object.values(compose.services).filter(({ build }) => build);
    expect(ours).toHaveLength(3);
    for (const part of ours) {
      expect(part).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], tmpfs: ['/tmp'] });
      expect(part.environment.DATABASE_URL).toContain('${POSTGRES_PASSWORD:?');
      expect(part.environment.FAIRSHARE_KEY).toContain(':?');
      expect(part.environment.TRUSTED_PROXIES).toBe('uniquelocal');
      expect(part.ports).toBeUndefined();
    }
    expect(ours.filter(({ command }) => command?.includes('--worker'))).toHaveLength(1);
  });

  it('When a setting is given, then the program knows it', () => {
    const known = read('api/src/platform/config.ts') + read('api/src/platform/smtp-settings.ts') + read('api/src/platform/provider-settings.ts');
    for (const name of Object.keys(compose.services['api-1'].environment)) expect([name, known.includes(`${name}:`)]).toEqual([name, true]);
  });
});

describe('docker/Dockerfile', () => {
  const steps = read('docker/Dockerfile').replaceAll('\\\n', ' ').split('\n').filter((line) => line && !line.startsWith('#'));
  const scripts = JSON.parse(read('package.json')).scripts;

  it('When it copies, then what it copies is in the sources or made by the build, and not kept out of the context', () => {
    const made = ['node_modules', 'dist'];
    const keptOut = read('.dockerignore').split('\n').filter(Boolean);
    for (const step of steps.filter((line) => line.startsWith('COPY'))) {
      const words = step.split(/\s+/).slice(1).filter((word) => !word.startsWith('--'));
      for (const source of words.slice(0, -1).map((word) => word.replace('/build/', '').replace('./', ''))) {
        expect([source, source === '.' || made.includes(source) || existsSync(join(root, source))]).toEqual([source, true]);
        if (!step.includes('--from=')) expect(keptOut).not.toContain(source);
      }
    }
    expect(keptOut).toEqual(expect.arrayContaining(['.git', 'node_modules', 'data']));
  });

  it('When it runs something, then the script or file is there', () => {
    for (const [, script] of steps.join('\n').matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(script);
    const command = JSON.parse(/^CMD (\[.*\])$/.exec(steps.at(-1))[1]);
    expect(command[0]).toBe('node');
    expect(existsSync(join(root, command[1]))).toBe(true);
    expect(steps.some((line) => line.includes(command[1].split('/').at(-1)) && line.startsWith('COPY'))).toBe(true);
  });

  it('When it runs, then not as root, and it says whether it is healthy', () => {
    const last = steps.slice(steps.findLastIndex((line) => line.startsWith('FROM')));
    expect(last).toContain('USER node');
    expect(last.findIndex((line) => line.startsWith('USER'))).toBeLessThan(last.findIndex((line) => line.startsWith('CMD')));
    expect(last.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/api/health/ready');
    expect(last.filter((line) => line.startsWith('COPY')).every((line) => line.includes('--chown=root:root'))).toBe(true);
  });
});
