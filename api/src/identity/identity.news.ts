import { news } from '../platform/events.js';

/** Somebody was erased: other rooms let go of what was theirs alone. Told in the scope of the whole house. */
export const personErased = news<{ readonly userId: string; readonly specialistIds: readonly string[] }>('identity.person-erased');
