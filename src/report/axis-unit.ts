const UNITS = [
  { name: 'h', ns: 3600e9, from: 7200e9 },
  { name: 'min', ns: 60e9, from: 120e9 },
  { name: 's', ns: 1e9, from: 1e9 },
  { name: 'ms', ns: 1e6, from: 1e6 },
  { name: 'us', ns: 1e3, from: 1e3 },
] as const;
const NANOSECOND = { name: 'ns', ns: 1, from: 0 } as const;

/** The unit of an axis of time that ends here, ns: hours and minutes only where there are at least two. */
export const axisUnit = (end: number): { readonly name: string; readonly ns: number } =>
  UNITS.find(({ from }) => end >= from) ?? NANOSECOND;
