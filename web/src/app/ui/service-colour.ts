/** Colours of one service: a calm fill, its text (AA on the fill) and a strong edge. Each follows light and dark. */
export interface ServiceColour {
  readonly name: string;
  readonly fill: string;
  readonly text: string;
  readonly edge: string;
}

// Hues of Okabe and Ito, which colour-blind people tell apart. Lightness differs too, and the name always stands beside.
const palette: readonly [name: string, edgeLight: string, edgeDark: string, fillLight: string, fillDark: string, textLight: string, textDark: string][] = [
  ['blue', '#0072b2', '#5fb3e6', '#dcecf7', '#143449', '#063d61', '#cfe6f7'],
  ['orange', '#b97500', '#f0ae3c', '#fceccb', '#45300b', '#5c3900', '#fbe0ad'],
  ['green', '#00805f', '#3cc79f', '#d5efe5', '#0c3a2d', '#00432f', '#c0ecdc'],
  ['pink', '#b2568c', '#dd93bd', '#f8e4ef', '#46243a', '#5f1f46', '#f6d7e7'],
  ['vermilion', '#c24a00', '#f58a55', '#fce3d6', '#4a220d', '#6b2800', '#fbd6c3'],
  ['sky', '#2f8bbd', '#8accf0', '#e2f3fc', '#1c3d4f', '#0f4260', '#d8effb'],
  ['ochre', '#857a00', '#d9cc3f', '#f6f2c4', '#393506', '#423d00', '#efe9a6'],
  ['grey', '#6b655c', '#b0a89c', '#ebe7e0', '#393630', '#37332d', '#e3ded6'],
];

const colours: readonly ServiceColour[] = palette.map(([name, edgeLight, edgeDark, fillLight, fillDark, textLight, textDark]) => ({
  name,
  edge: `light-dark(${edgeLight}, ${edgeDark})`,
  fill: `light-dark(${fillLight}, ${fillDark})`,
  text: `light-dark(${textLight}, ${textDark})`,
}));

/** The colour of the service at this place in the collaboration's catalogue; after eight they begin again. */
export function serviceColour(index: number): ServiceColour {
  const place = ((index % colours.length) + colours.length) % colours.length;
  return colours[place] as ServiceColour;
}
