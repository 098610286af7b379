import { z } from 'zod';

/** Of the members, this room needs the names only; the schools room reads the rest with its own schema. */
export const MemberNamesSchema = z.object({ items: z.array(z.object({ urn: z.string(), name: z.string() })) });

/** Each school once, by name: one that left and came back stands twice in the list of members. */
export function membersOnce(items: readonly { readonly urn: string; readonly name: string }[]): readonly { readonly urn: string; readonly name: string }[] {
  return [...new Map(items.map(({ urn, name }) => [urn, { urn, name }])).values()].sort((a, b) => a.name.localeCompare(b.name));
}
