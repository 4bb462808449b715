// How the couriers' page says times, counts and reports.
import type { Report } from './types.ts';
import { isKey, type Key, type Say } from './texts.ts';

/** Return hour and minute of a moment in the service's time zone. */
export function clockTime(moment: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit', minute: '2-digit', timeZone: zone,
  }).format(new Date(moment)); // prettier-ignore
}

/** Return diets or needs in words; what the service has no word for stays as it is written. */
export function listed(set: 'diet' | 'need', values: readonly string[], say: Say): string {
  const words = values.map((value) => (isKey(`${set}_${value}`) ? say(`${set}_${value}` as Key) : value));
  return words.join(say('list_mark'));
}

/** Return a distance as people say it. */
export function distance(metres: number): string {
  return metres < 1000 ? `${Math.max(10, Math.round(metres / 10) * 10)} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** Return what a report told, with the name of whom it is about. */
export function reportWords(report: Report, nameOf: (order: number) => string, say: Say): string {
  const who = report.order === undefined ? '' : nameOf(report.order);
  const what = report.step && report.result
    ? say('step_done', { step: say(`step_${report.step}`), result: say(`result_${report.result}`) })
    : say(wordOf(report), report.trip === undefined ? {} : { number: report.trip });
  return who ? `${who} · ${what}` : what;
}

function wordOf(report: Report): Key {
  if (report.kind === 'outcome') return report.outcome ?? 'other';
  if (report.kind === 'condition') {
    return report.condition === 'other' ? 'condition_other' : (report.condition ?? 'condition');
  }
  if (report.kind === 'retracted') return 'undo';
  if (report.kind === 'seen') return 'seen';
  return report.kind;
}
