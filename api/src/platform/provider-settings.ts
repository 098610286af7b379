import { z } from 'zod';

/** A provider of OpenID Connect that people may sign in with. */
export interface ProviderSettings {
  readonly id: 'microsoft' | 'google' | 'dfe';
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const issuer = z.url({ protocol: /^https?$/ }).optional();
const text = z.string().min(1).optional();

export const providerFields = {
  SIGN_IN_MICROSOFT_ISSUER: issuer,
  SIGN_IN_MICROSOFT_CLIENT_ID: text,
  SIGN_IN_MICROSOFT_CLIENT_SECRET: text,
  SIGN_IN_GOOGLE_ISSUER: issuer,
  SIGN_IN_GOOGLE_CLIENT_ID: text,
  SIGN_IN_GOOGLE_CLIENT_SECRET: text,
  SIGN_IN_DFE_ISSUER: issuer,
  SIGN_IN_DFE_CLIENT_ID: text,
  SIGN_IN_DFE_CLIENT_SECRET: text,
};

type Fields = { [Name in keyof typeof providerFields]?: z.infer<(typeof providerFields)[Name]> };

/** Microsoft's issuer names the tenant, so that there is none to assume. */
const known = [
  { id: 'microsoft', prefix: 'SIGN_IN_MICROSOFT', name: 'Microsoft', usual: undefined },
  { id: 'google', prefix: 'SIGN_IN_GOOGLE', name: 'Google', usual: 'https://accounts.google.com' },
  { id: 'dfe', prefix: 'SIGN_IN_DFE', name: 'DfE Sign-in', usual: 'https://oidc.signin.education.gov.uk' },
] as const;

/** The providers whose client is set; a half-set one is refused with the name of what is missing. */
export function providerSettings(fields: Fields): ProviderSettings[] {
  return known.flatMap(({ id, prefix, name, usual }) => {
    const clientId = fields[`${prefix}_CLIENT_ID`];
    if (!clientId) return [];
    const clientSecret = fields[`${prefix}_CLIENT_SECRET`];
    if (!clientSecret) throw new Error(`The setting ${prefix}_CLIENT_SECRET is not usable: with a client id there must be a secret, here or in a file named by ${prefix}_CLIENT_SECRET_FILE.`);
    const at = fields[`${prefix}_ISSUER`] ?? usual;
    if (!at) throw new Error(`The setting ${prefix}_ISSUER is not usable: it must name the tenant, such as https://login.microsoftonline.com/<tenant>/v2.0.`);
    return [{ id, name, issuer: at, clientId, clientSecret }];
  });
}
