// Sheets that are being keyed in, kept in the browser until they are saved.
import type { Service } from '../../service/types.ts';
import type { Shelf } from './shelf.ts';
import type { Draft } from './sheet.ts';

const PREFIX = 'sheet/';
/** Drafts of services that are longer past are thrown away: nobody will go on with them. */
const KEPT_DAYS = 14;
const DAY = 86_400_000; // milliseconds

/** Return the name on the shelf of a courier's sheet of one revision. */
export function nameOfDraft(service: Service, courier: string, revision: number): string {
  return `${PREFIX}${service.day}/${service.meal}/${courier}/${revision}`;
}

export function keptDraft(shelf: Shelf, name: string): Draft | null {
  return shelf.read<Draft>(name);
}

/** Throw away drafts of services long past. */
export function clearOld(shelf: Shelf, today: string): void {
  const oldest = new Date(Date.parse(`${today}T00:00:00Z`) - KEPT_DAYS * DAY).toISOString().slice(0, 10);
  for (const name of shelf.names(PREFIX)) {
    const day = name.slice(PREFIX.length, PREFIX.length + oldest.length);
    if (day < oldest) shelf.remove(name);
  }
}
