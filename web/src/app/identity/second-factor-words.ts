import type { Person, SecondFactorRules } from '@fairshare/contract/identity.js';

/** Whether the rule asks it of this person; at a trust, whose academies are not known here, it does wherever a school's does. */
export function asked(person: Pick<Person, 'grants'>, rules: SecondFactorRules): boolean {
  if (rules.everybody) return true;
  return person.grants.some(({ schoolUrn, trustCode }) => (trustCode ? rules.schoolUrns.length > 0 : schoolUrn !== undefined && rules.schoolUrns.includes(schoolUrn)));
}

/** The rule as a sentence. */
export function rulesInWords(rules: SecondFactorRules, schools: readonly { readonly urn: string; readonly name: string }[]): string {
  if (rules.everybody) return 'Asked of everybody with a role here.';
  if (rules.schoolUrns.length === 0) return 'Asked of nobody: everybody may set one up, and a password alone signs in whoever did not.';
  const names = rules.schoolUrns.map((urn) => schools.find((school) => school.urn === urn)?.name ?? `URN ${urn}`);
  return names.length > 4 ? `Asked of everybody at ${names.length} schools.` : `Asked of everybody at ${names.join(', ')}.`;
}
