const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chromebook'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
];
// Edge and Opera call themselves Chrome too, and Chrome calls itself Safari: the first that fits is right.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const first = (words: readonly (readonly [RegExp, string])[], text: string): string | undefined => words.find(([pattern]) => pattern.test(text))?.[1];

/** “Edge on Windows”, from what a browser calls itself; what nobody knows stays as it is. */
export function deviceName(agent: string | null): string {
  if (!agent) return 'An unknown browser';
  const [browser, system] = [first(browsers, agent), first(systems, agent)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? agent.slice(0, 40);
}
