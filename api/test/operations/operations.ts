import type { Client } from '../harness.js';
import type { Schema } from './samples.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly schema?: Schema;
}

/** One operation of the OpenAPI document. */
export interface Operation {
  /** `POST /api/collaborations/:collaborationId/bookings`, as the matrix names it. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly pathParameters: readonly Parameter[];
  readonly queryParameters: readonly Parameter[];
  /** The schema of a JSON body; undefined where none is read. */
  readonly body: Schema | undefined;
  readonly upload: boolean;
  /** Statuses with the schema of a JSON answer, where it has one. */
  readonly answers: ReadonlyMap<number, Schema | undefined>;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

/** Every operation that the running program describes. */
export async function operationsOf(client: Client): Promise<Operation[]> {
  const { body } = await client.get('/api/openapi.json');
  const paths = body.paths as Record<string, Record<string, Described>>;
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, described]) => operationOf(path, method.toUpperCase(), described)));
}

function operationOf(template: string, method: string, described: Described): Operation {
  const path = template.replace(/\{(\w+)\}/g, ':$1');
  const parameters = described.parameters ?? [];
  const content = described.requestBody?.content ?? {};
  return {
    name: `${method} ${path}`,
    method,
    path,
    pathParameters: parameters.filter((p) => p.in === 'path'),
    queryParameters: parameters.filter((p) => p.in === 'query'),
    body: content['application/json']?.schema,
    upload: 'multipart/form-data' in content,
    answers: new Map(Object.entries(described.responses).map(([status, answer]) => [Number(status), answer.content?.['application/json']?.schema])),
  };
}
