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
  return SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
    standardSchemaConverter: (schema, { schemaType }) => ({
      schema: withoutMeta(z.toJSONSchema(schema as z.ZodType, { io: schemaType, target: 'openapi-3.0', unrepresentable: 'any' })),
    }),
  });
}

function withoutMeta({ $schema: _, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}
