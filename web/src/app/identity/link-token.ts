/** A link that names no secret; the API answers it as it answers one whose time is over. */
const none = 'no-secret-in-this-link';

/** The secret of a mailed link stands behind the hash, so that no server ever sees it in an address; it is read once and taken away. */
export function linkToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', location.pathname);
  return token.length >= 20 ? token : none;
}
