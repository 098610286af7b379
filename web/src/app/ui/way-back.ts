const key = 'fairshare.way-back';
const againKey = 'fairshare.shown-again';

/** Only addresses of our own are followed. */
export const ownAddress = (wanted: string | null | undefined): string => (wanted?.startsWith('/') && !wanted.startsWith('//') && !wanted.startsWith('/\\') ? wanted : '/');

/**
 * Remembers, for this tab, where to go on after a provider sent the browser back.
 * @param again whether the person left to show once more that it is them, in the middle of something.
 */
export function rememberWayBack(address: string | undefined, again = false): void {
  try {
    sessionStorage.setItem(key, ownAddress(address));
    if (again) sessionStorage.setItem(againKey, 'yes');
    else sessionStorage.removeItem(againKey);
  } catch {
    return;
  }
}

export function wayBack(): string {
  try {
    const wanted = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return ownAddress(wanted);
  } catch {
    return '/';
  }
}

/** Whether somebody came back who was in the middle of something; asked once. */
export function wasInTheMiddle(): boolean {
  try {
    const was = sessionStorage.getItem(againKey) !== null;
    sessionStorage.removeItem(againKey);
    return was;
  } catch {
    return false;
  }
}
