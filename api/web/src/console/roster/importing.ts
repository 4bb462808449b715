// The preview of an import: rows by what becomes of them, with what was found in each.
import type { Finding, ImportReport, Kind, RecordChange } from './types.ts';

export const KINDS: readonly Kind[] = ['canteens', 'meal_points', 'couriers', 'elders'];
export type FileKind = Exclude<Kind, 'meal_points'>;
export const FILE_KINDS: readonly FileKind[] = ['canteens', 'couriers', 'elders'];

/** A file and the kind of list it is; null: a person must say. */
export interface Chosen {
  file: File;
  kind: FileKind | null;
}

export interface Preview {
  fresh: readonly RecordChange[];
  changed: readonly RecordChange[];
  /** Rows that are not taken, with the reason. */
  refused: readonly Finding[];
  /** Rows taken without a usable place. */
  unlocated: readonly Finding[];
  /** What else was found: left out or chosen, and read in an unusual way. */
  others: readonly Finding[];
  /** In the records, but in no row. */
  missing: readonly { kind: Kind; code: string; name: string }[];
}

/** Return a report sorted by what a person has to look at. */
export function previewOf(report: ImportReport): Preview {
  const found = (severity: string) => report.findings.filter((one) => one.severity === severity);
  return {
    fresh: report.changes.filter((one) => one.new),
    changed: report.changes.filter((one) => !one.new),
    refused: found('error'),
    unlocated: found('place'),
    others: [...found('warning'), ...found('note')],
    missing: KINDS.flatMap((kind) => (report.missing[kind] ?? []).map((one) => ({ kind, ...one }))),
  };
}

/** Say which kind of list a file probably is, by its name; null: a person must say. */
export function kindOf(name: string): FileKind | null {
  if (/老人|名单|elder/i.test(name)) return 'elders';
  if (/送餐员|骑手|志愿者|courier/i.test(name)) return 'couriers';
  if (/食堂|助餐点|canteen|site/i.test(name)) return 'canteens';
  return null;
}

/** Return the form that is uploaded. */
export function uploadOf(files: readonly Chosen[]): FormData {
  const form = new FormData();
  for (const { file, kind } of files) if (kind !== null) form.append(kind, file);
  return form;
}

/** Say whether applying would change anything. */
export function changesAnything(report: ImportReport): boolean {
  return report.changes.length > 0;
}
