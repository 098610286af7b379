import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serviceColour } from './service-colour';

/** Both colours of every `light-dark(…)` in the tokens. */
function tokens(): Record<string, readonly [light: string, dark: string]> {
  const source = readFileSync(fileURLToPath(new URL('theme/_tokens.scss', import.meta.url)), 'utf8');
  const found = source.matchAll(/(--fs-[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g);
  return Object.fromEntries([...found].map(([, name, light, dark]) => [name, [light, dark] as const]));
}

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ['--fs-ground', '--fs-surface', '--fs-surface-sunk', '--fs-surface-high'];
const pairs: [text: string, ground: string, least: number][] = [
  ...['--fs-text', '--fs-text-soft', '--fs-accent'].flatMap((text) => grounds.map((ground): [string, string, number] => [text, ground, 4.5])),
  ['--fs-bad', '--fs-surface', 4.5],
  ['--fs-bad', '--fs-ground', 4.5],
  ['--fs-on-accent', '--fs-accent', 4.5],
  ['--fs-on-accent', '--fs-accent-hover', 4.5],
  ['--fs-on-accent-soft', '--fs-accent-soft', 4.5],
  ['--fs-text', '--fs-bad-soft', 4.5],
  ['--fs-text', '--fs-warn-soft', 4.5],
  ...['good', 'warn', 'bad', 'info'].map((tone): [string, string, number] => [`--fs-${tone}`, `--fs-${tone}-soft`, 4.5]),
  ...grounds.map((ground): [string, string, number] => ['--fs-line-strong', ground, 3]),
  ...grounds.map((ground): [string, string, number] => ['--fs-focus', ground, 3]),
];

describe('Colours', () => {
  const all = tokens();

  it.each(pairs)('When %s stands on %s, then both themes have at least %d to 1', (text, ground, least) => {
    const [light, dark] = [0, 1].map((theme) => contrast(all[text]?.[theme] ?? '', all[ground]?.[theme] ?? '')) as [number, number];
    expect({ light: light >= least, dark: dark >= least, measured: [light, dark] }).toMatchObject({ light: true, dark: true });
  });

  it.each(Array.from({ length: 8 }, (_, index) => [serviceColour(index).name, index] as const))('When a service is %s, then its text can be read on its fill and its edge seen on the page', (_name, index) => {
    const { fill, text, edge } = serviceColour(index);
    for (const theme of [0, 1]) {
      const of = (value: string): string => [...value.matchAll(/#[0-9a-f]{6}/g)][theme]?.[0] ?? '';
      expect(contrast(of(text), of(fill))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of(edge), all['--fs-surface']?.[theme] ?? '')).toBeGreaterThanOrEqual(3);
    }
  });

  it('When there are more services than colours, then they begin again', () => {
    expect(serviceColour(8)).toBe(serviceColour(0));
    expect(serviceColour(-1)).toBe(serviceColour(7));
  });
});
