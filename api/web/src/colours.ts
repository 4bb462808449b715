// Colours that people with any kind of colour vision tell apart (Okabe and Ito 2008), and their use.

export const GROUND = {
  land: '#f4f2ec',
  grounds: '#ebe7dd',
  green: '#d3e5c8',
  water: '#a9cfe6',
  building: '#d8d2c8',
  road: '#ffffff',
  major: '#fbe3a9',
  edge: '#c9c1b4',
  path: '#a08c74',
  rail: '#9b9b9b',
  text: '#37322b',
  waterText: '#1d5279',
  greenText: '#2c5a27',
  halo: '#ffffff',
} as const;

export const SITE = {
  canteen: '#b8440a', // vermilion, darkened until white on it is readable
  meal_point: '#0a62a4',
  closed: '#6d6a64',
  chosen: '#111111',
  refused: '#a3120a',
} as const;

/** Lines of couriers; as many as people tell apart, then over again. */
export const ROUTES = [
  '#0072b2', '#d55e00', '#007f5f', '#a3477f', '#5b4a00', '#1f3b99', '#b3261e', '#4d4d4d',
] as const; // prettier-ignore

/** Return each courier's colour: by place in the order of codes, so that it stays the same. */
export function colourOf(codes: readonly string[]): Map<string, string> {
  const ordered = [...new Set(codes)].sort();
  return new Map(ordered.map((code, place) => [code, ROUTES[place % ROUTES.length] ?? ROUTES[0]]));
}

/** A place where a site could come. */
export const CANDIDATE = '#5b4a00';

/** Share inside the circle, from none to all: red to blue, which the colour-blind tell apart. */
export const SHARES = ['#ca3a1e', '#f4a259', '#f6e8b1', '#8cbfe0', '#1f6cb0'] as const;
/** Where one colour of shares gives way to the next. */
export const SHARE_STEPS = [0.2, 0.4, 0.6, 0.8] as const;
export const NO_SHARE = '#8f8b84';

/** Walking bands, shortest first; longer than the last is drawn as the last. */
export const BANDS = ['#084594', '#2b7bba', '#6aaed6', '#a9cde6'] as const;

/** The catchment of the chosen site, apart from all other colours. */
export const CATCHMENT = { fill: '#8e3ca3', line: '#5c1a70' } as const;
