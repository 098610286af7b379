import { news } from '../platform/events.js';

/** Somebody was erased: other rooms let go of what was theirs alone. Told in the scope of the whole house. */
export const personErased = news<{ readonly userId: string; readonly specialistIds: readonly string[] }>('identity.person-erased');

/** A role was taken from somebody: other rooms end what it had let them have in that collaboration. Told in the teller's scope. */
export const roleTaken = news<{ readonly userId: string; readonly collaborationId: string }>('identity.role-taken');
