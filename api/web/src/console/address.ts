// The address within the console: which view is shown, of which service, and what is open in it.
export const VIEWS = ['day', 'plan', 'roster'] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  view: View;
  /** The service that day and plan show: "2026-11-24/lunch"; null: the one that is next. */
  service: string | null;
  /** What is open in the view, in the view's own words. */
  rest: readonly string[];
}

/** Read the part of an address after "#": "#/plan/2026-11-24/lunch/courier/Z003". */
export function placeOf(hash: string): Place {
  const parts = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decoded);
  const view = VIEWS.find((one) => one === parts[0]) ?? 'day';
  if (view === 'roster') return { view, service: null, rest: parts.slice(1) };
  const [, day, meal] = parts;
  const whole = day !== undefined && meal !== undefined && /^\d{4}-\d\d-\d\d$/.test(day);
  return whole
    ? { view, service: `${day}/${meal}`, rest: parts.slice(3) }
    : { view, service: null, rest: [] };
}

/** Return the address of a place, for links. */
export function hashOf({ view, service, rest }: Place): string {
  const parts = service === null ? rest : [...service.split('/'), ...rest];
  return `#/${[view, ...parts].map(encodeURIComponent).join('/')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a broken address opens what it can
  }
}
