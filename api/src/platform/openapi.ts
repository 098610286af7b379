import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

/** The document at `/api/openapi.json` and a page to read it at `/api/docs`. */
export function publishOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'api/openapi.json', yamlDocumentUrl: 'api/openapi.yaml' });
}

/** The OpenAPI document, made from the contract's schemas. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Fairshare')
    .setDescription('Joint procurement, booking and cost sharing for groups of schools. Money is whole pence.')
    .setVersion('1')
    .addCookieAuth('fairshare_session')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
    standardSchemaConverter: (schema, { schemaType }) => ({
      schema: withoutMeta(z.toJSONSchema(schema as z.ZodType, { io: schemaType, target: 'openapi-3.0', unrepresentable: 'any' })),
    }),
  });
  nameProblems(document);
  return document;
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'facts', 'traceId'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, code: { type: 'string' }, facts: { type: 'object' },
    traceId: { type: 'string', nullable: true },
    errors: { type: 'array', items: { type: 'object', required: ['path', 'code', 'message'], properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } } },
  },
} as const;

/** What any operation can refuse with; a fault of our own (500) is no part of the contract. */
const refusals = { 401: 'Nobody is signed in.', 403: 'Not for this role.', 404: 'Not there, or not yours to see.', 409: 'The state of things forbids it.', 422: 'Something sent is not right.', 429: 'Too many in a short time.', 503: 'Busy; try again in a moment.' };
const refusalsOfContents = { 400: 'Not readable as JSON.', 413: 'Larger than is taken.', 415: 'Another kind of content.' };

function nameProblems(document: OpenAPIObject): void {
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: problem as never } };
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (!operation) continue;
      const all = { ...refusals, ...(operation.requestBody ? refusalsOfContents : {}) };
      operation.responses = { ...Object.fromEntries(Object.entries(all).map(([status, description]) => [status, { description, content }])), ...operation.responses };
    }
  }
}

function withoutMeta({ $schema: _, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}
