import { sampleOf, type Known, type Schema } from './samples.js';

/** One thing to send: `refused` when nobody may accept it, otherwise whatever comes back must only be an answer. */
export interface Mutation {
  readonly what: string;
  readonly body: unknown;
  readonly refused: boolean;
}

/** What somebody sends who wants to see something break. */
export const hostileTexts: readonly string[] = [
  '\u0000', 'a\u0000b', '\ud800', '\u202eright to left', '👩🏽‍🏫'.repeat(20), "'; drop table booking; --", '" or 1=1 --', '<script>alert(1)</script>', '=cmd|\' /C calc\'!A0', '../../../etc/passwd',
  '${7*7}{{7*7}}', '{sealed:018f0000-0000-7000-8000-000000000001:AAAA}', '%00%0a%0d', 'a\r\nSet-Cookie: x=1', '9'.repeat(400), '-1', '1e309', 'NaN', 'null', '__proto__', '0000-00-00', '0000-01-01', '9999-12-31', '2027-02-30', '2027-03-28T01:30', '+275760-09-13T00:00:00Z',
];
const hostileNumbers: readonly number[] = [-1, -0, 0.1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1, 1e308, -1e308, 2 ** 31, 2 ** 63];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything that is done to a body: taken away, put in, of another kind, at its limits and beyond, hostile. */
export function mutationsOf(schema: Schema, known: Known): Mutation[] {
  const least = sampleOf(schema, known);
  const whole = sampleOf(schema, known, true);
  const found: Mutation[] = [
    { what: 'as it should be', body: least, refused: false },
    { what: 'with everything', body: whole, refused: false },
  ];
  // A body of several shapes is taken apart by its first.
  const shape = shapeOf(schema);
  if (shape.type !== 'object' || !isObject(whole)) return found;
  for (const body of [[], 'text', 7]) found.push({ what: `${JSON.stringify(body)} instead of an object`, body, refused: true });
  // Where nothing has to be said, nothing may be sent.
  found.push({ what: 'null instead of an object', body: null, refused: (shape.required ?? []).length > 0 });
  if (shape.additionalProperties === false) found.push({ what: 'with a property nobody knows', body: { ...(least as object), nobodyKnows: 1 }, refused: true });
  for (const [name, part] of Object.entries(shape.properties ?? {})) found.push(...ofProperty(name, part, whole, Boolean(shape.required?.includes(name))));
  return found;
}

function shapeOf(schema: Schema): Schema {
  const first = (schema.oneOf ?? schema.anyOf)?.[0];
  return first ? shapeOf(first) : schema;
}

function ofProperty(name: string, part: Schema, whole: Record<string, unknown>, required: boolean): Mutation[] {
  const put = (what: string, value: unknown, refused: boolean): Mutation => ({ what: `${name}: ${what}`, body: { ...whole, [name]: value }, refused });
  const { [name]: _, ...without } = whole;
  const found: Mutation[] = [{ what: `without ${name}`, body: without, refused: required && part.default === undefined }];
  // One of several shapes may well be what another shape's wrong kind is.
  if (part.anyOf ?? part.oneOf ?? part.allOf) return found;
  const free = part.type === undefined;
  if (part.type !== 'object') found.push(put('an object', { a: 1 }, !free));
  if (part.type !== 'array') found.push(put('a list', [[]], !free));
  if (part.type !== 'boolean') found.push(put('a truth', true, !free && part.enum === undefined));
  if (!part.nullable && !free) found.push(put('nothing', null, true));
  if (part.type === 'string') found.push(...ofText(put, part));
  if (part.type === 'integer' || part.type === 'number') found.push(...ofNumber(put, part));
  if (part.type === 'array' && part.maxItems !== undefined && part.maxItems <= 1000) found.push(put('one too many', Array.from({ length: part.maxItems + 1 }, () => (whole[name] as unknown[])[0]), true));
  return found;
}

type Put = (what: string, value: unknown, refused: boolean) => Mutation;

function ofText(put: Put, part: Schema): Mutation[] {
  const found = hostileTexts.map((text) => put(`hostile ${JSON.stringify(text.slice(0, 20))}`, text, part.enum !== undefined));
  if (part.maxLength !== undefined) found.push(put('one letter too long', 'x'.repeat(part.maxLength + 1), true), put('as long as may be', 'x'.repeat(part.maxLength), false));
  if (part.minLength !== undefined && part.minLength > 0) found.push(put('empty', '', true));
  return found;
}

function ofNumber(put: Put, part: Schema): Mutation[] {
  const found = hostileNumbers.map((value) => put(String(value), value, part.type === 'integer' && !Number.isInteger(value)));
  if (typeof part.minimum === 'number') found.push(put('below the least', part.minimum - 1, true), put('the least', part.minimum, false));
  if (typeof part.maximum === 'number' && part.maximum < Number.MAX_SAFE_INTEGER) found.push(put('above the most', part.maximum + 1, true), put('the most', part.maximum, false));
  return found;
}
