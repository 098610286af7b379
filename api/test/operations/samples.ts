/** As much of a JSON schema as the OpenAPI document of this program uses. */
export interface Schema {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number | boolean;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly default?: unknown;
}

/** Values by the name of a property: what a sample should say where the schema alone cannot know; the first that fits is taken. */
export type Known = Readonly<Record<string, string | number | readonly string[]>>;

/** One of these fits each pattern of the contract; an identifier nobody has, a date, an instant, a URN, a time of day and so on. */
const recognised: readonly string[] = [
  '018f0000-0000-7000-8000-000000000001', '2026-09-15', '2026-09-15T09:00:00Z', '900002', '09:00', '1', '30-00-00', '12345678', 'GB123456789', 'a@test.example',
  '0123456789abcdef0123456789abcdef0123456789a', '937', 'A', 'AA1', '0/1',
];

/** A value that the schema accepts; with `whole`, optional properties are filled too. */
export function sampleOf(schema: Schema, known: Known = {}, whole = false, name = ''): unknown {
  const choice = (schema.oneOf ?? schema.anyOf)?.[0];
  if (choice) return sampleOf(choice, known, whole, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, known, whole, name)));
  if (schema.enum) return schema.enum[0];
  if (schema.default !== undefined && !(name in known)) return schema.default;
  switch (schema.type) {
    case 'object': return sampleObject(schema, known, whole);
    case 'array': return sampleArray(schema, known, whole, name);
    case 'integer':
    case 'number': return typeof known[name] === 'number' ? known[name] : sampleNumber(schema);
    case 'boolean': return false;
    case 'string': return knownText(schema, known[name]) ?? sampleText(schema);
    default: return schema.nullable ? null : {};
  }
}

function sampleObject(schema: Schema, known: Known, whole: boolean): Record<string, unknown> {
  const required = new Set(schema.required ?? []);
  const entries = Object.entries(schema.properties ?? {}).filter(([key]) => whole || required.has(key));
  return Object.fromEntries(entries.map(([key, part]) => [key, sampleOf(part, known, whole, key)]));
}

function sampleArray(schema: Schema, known: Known, whole: boolean, name: string): unknown[] {
  const one = name.replace(/s$/, '');
  const length = Math.min(Math.max(schema.minItems ?? 0, 1), schema.maxItems ?? 1);
  return Array.from({ length }, () => sampleOf(schema.items ?? {}, known, whole, name in known ? name : one));
}

function sampleNumber(schema: Schema): number {
  const least = typeof schema.minimum === 'number' ? schema.minimum : 1;
  const above = schema.exclusiveMinimum === true ? least + 1 : typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + 1 : least;
  return Math.min(Math.max(above, 1), schema.maximum ?? above + 1);
}

function knownText(schema: Schema, value: Known[string] | undefined): string | undefined {
  const pattern = new RegExp(schema.pattern ?? '', 'u');
  return [value].flat().find((text): text is string => typeof text === 'string' && pattern.test(text));
}

function sampleText(schema: Schema): string {
  if (schema.pattern) {
    const pattern = new RegExp(schema.pattern, 'u');
    const found = recognised.find((example) => pattern.test(example));
    if (found) return found;
  }
  if (schema.format === 'email') return 'a@test.example';
  if (schema.format === 'date') return '2026-09-15';
  if (schema.format === 'date-time') return '2026-09-15T09:00:00Z';
  if (schema.format === 'uuid') return '018f0000-0000-7000-8000-000000000001';
  const text = 'Something said in words';
  return text.slice(0, schema.maxLength ?? text.length).padEnd(schema.minLength ?? 0, '.');
}
