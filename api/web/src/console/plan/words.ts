// Names, moments and numbers of a plan in words.
import type { Key, Language, Say } from '../texts.ts';
import type { Move } from './moves.ts';
import { type Carrier, type ShownDuty, type ShownStop, stopOf } from './reading.ts';
import type { Asked, CostPart, Person, Proposal, StopChange } from './types.ts';

export interface Words {
  say: Say;
  language: Language;
  zone: string;
  /** Of the service that is shown, "2026-11-24". */
  day: string;
  /** Everybody whose name may be needed. */
  carriers: readonly Carrier[];
}

/** Return a moment as the time of day there: "11:20". */
export function clock(moment: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(moment));
}

/** Return what a stop is called: the elder, the meal point, or its order where the role sees nobody. */
export function nameOf(
  stop: { order: number; elder: Person | null; meal_point: string | null },
  { say }: Pick<Words, 'say'>,
): string {
  if (stop.elder !== null) return stop.elder.name;
  return stop.meal_point ?? say('plan_order', { order: stop.order });
}

/** Return what a courier is called: "Z003 朱建国". */
export function courierName(code: string, { carriers }: Pick<Words, 'carriers'>): string {
  const name = carriers.find((one) => one.courier === code)?.courier_name;
  return name ? `${code} ${name}` : code;
}

/** Return minutes, rounded up: nobody is promised less time than it takes. */
export function minutes(seconds: number): number {
  return Math.ceil(seconds / 60);
}

/** Return a number with its sign, and with commas: "+4,936". */
export function signed(number: number): string {
  const text = Math.abs(Math.round(number)).toLocaleString('en-US');
  return `${number < 0 ? '−' : '+'}${text}`;
}

/** Return an amount: "125,619". */
export function amount(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

/** Return a part of what moves cost: "1 courier more: +1,800". */
export function partText({ part, amount: many, cost }: CostPart, { say }: Pick<Words, 'say'>): string {
  const shown = part === 'travel' ? Math.round(many / 6) / 10 : many; // seconds as minutes with a tenth
  const count = `${many < 0 ? '−' : '+'}${Math.abs(shown)}`;
  return say(`plan_part_${part}`, { count, cost: signed(cost) });
}

/** Return how a stop differs from the revision before. */
export function changeText({ kind, courier, trip, arrives_at, portions }: StopChange, words: Words): string {
  const { say, zone } = words;
  if (kind === 'courier')
    return courier === null ? say('plan_was_other') : say('plan_was_courier', { courier: courierName(courier, words) });
  if (kind === 'trip' && trip !== null) return say('plan_was_trip', { trip });
  if (kind === 'portions' && portions !== null) return say('plan_was_portions', { count: portions });
  if (kind === 'time' && arrives_at !== null) return say('plan_was_time', { time: clock(arrives_at, zone) });
  return say(CHANGED[kind]);
}

/** Words for a change whose earlier value is not said. */
const CHANGED = {
  new: 'plan_new', courier: 'plan_was_other', trip: 'plan_what_changes', order: 'plan_was_order',
  door: 'plan_was_door', portions: 'plan_what_changes', window: 'plan_was_window', time: 'plan_what_changes',
} as const; // prettier-ignore

/** Return a move by hand in words. */
export function moveText(move: Move, duties: readonly ShownDuty[], words: Words): string {
  const { say } = words;
  if (move.kind === 'trip_moved')
    return say('plan_move_trip', {
      courier: courierName(move.courier, words), trip: move.trip, to: courierName(move.to, words),
    }); // prettier-ignore
  const stop: ShownStop | null = stopOf(duties, move.order);
  const who = stop ? nameOf(stop, words) : say('plan_order', { order: move.order });
  if (move.kind === 'stop_taken_out') return say('plan_move_out', { who });
  const trip = move.trip === null ? say('plan_new_trip') : say('plan_trip', { trip: move.trip });
  const place = move.place === null ? say('plan_best_place') : say('plan_place', { place: move.place });
  return say('plan_move_stop', { who, courier: courierName(move.courier, words), trip, place });
}

/** Return what was asked, in words: a change of the day or a move. */
export function askedText(asked: Asked, duties: readonly ShownDuty[], words: Words): string {
  const { say } = words;
  const kind: unknown = asked.kind;
  if (kind === 'stop_moved' || kind === 'trip_moved' || kind === 'stop_taken_out')
    return moveText({ trip: null, place: null, departs: null, ...asked } as unknown as Move, duties, words);
  const about = [asked['elder'], asked['canteen'], asked['note']].filter((one) => typeof one === 'string');
  if (typeof asked['courier'] === 'string') about.unshift(courierName(asked['courier'], words));
  for (const name of ['window', 'hours']) {
    const pair = asked[name];
    if (Array.isArray(pair)) about.push(pair.map((time) => String(time).slice(0, 5)).join('–'));
  }
  if (typeof asked['since'] === 'string') about.push(`${asked['since'].slice(0, 5)}–`);
  for (const name of ['portions', 'minutes', 'percent'] as const)
    if (typeof asked[name] === 'number') about.push(say(`plan_count_${name}`, { count: asked[name] }));
  const name = say(`plan_kind_${kind as 'order_cancelled'}` as Key);
  return about.length === 0 ? name : `${name} · ${about.join(' · ')}`;
}

/** Return the sentences of a proposal that are said nowhere else: without cost and rules. */
export function toldOf({ text, rules }: Pick<Proposal, 'text' | 'rules'>): string[] {
  const [summary, , ...rest] = text; // the second sentence is the cost
  const ruled = new Set(rules.map((one) => one.text));
  return summary === undefined ? [] : [summary, ...rest.filter((one) => !ruled.has(one))];
}
