const key = 'fairshare.way-back';

/** Only addresses of our own are followed. */
export const ownAddress = (wanted: string | null | undefined): string => (wanted?.startsWith('/') && !wanted.startsWith('//') && !wanted.startsWith('/\\') ? wanted : '/');

/** Remembers, for this tab, where to go on after a provider sent the browser back. */
export function rememberWayBack(address: string | undefined): void {
  try {
    sessionStorage.setItem(key, ownAddress(address));
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
