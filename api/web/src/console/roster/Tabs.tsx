// The parts of the roster, as a role may see them.
import type { Key, Say } from '../texts.ts';
import { rosterHash } from './places.ts';

export type Part = 'elders' | 'couriers' | 'canteens' | 'points' | 'unlocated' | 'unkept' | 'import';

const PARTS: readonly [part: Part, name: Key, needs: string][] = [
  ['elders', 'roster_elders', 'read_elders'],
  ['unlocated', 'roster_unlocated', 'read_elders'],
  ['couriers', 'roster_couriers', 'read_couriers'],
  ['canteens', 'roster_canteens', 'read_sites'],
  ['points', 'roster_points', 'read_sites'],
  ['import', 'roster_import', 'read_templates'],
];

export function Tabs({ say, may, open }: { say: Say; may: ReadonlySet<string>; open: Part }) {
  const shown = open === 'unkept' ? 'unlocated' : open; // a part of it
  return (
    <nav class="tabs" aria-label={say('roster_parts')}>
      {PARTS.filter(([, , needs]) => may.has(needs)).map(([part, name]) => (
        <a key={part} href={rosterHash(part)} aria-current={part === shown ? 'page' : undefined}>
          {say(name)}
        </a>
      ))}
    </nav>
  );
}
