// Doors that stayed shut, above every view: in words, in the window's title, and as a sound if wanted.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { hashOf } from '../address.ts';
import type { Live } from '../live/watcher.ts';
import { keyOf, type Listed, nameOf } from '../services.ts';
import type { Say } from '../texts.ts';
import { type Alarms, alarmsOf, titleOf, worse } from './alarms.ts';
import { Bell } from './bell.ts';

interface Properties {
  say: Say;
  services: readonly Listed[];
  lives: readonly Live[];
  today: string;
}

export function Alarm({ say, services, lives, today }: Properties) {
  const bell = useMemo(() => new Bell(), []);
  const [wanted, setWanted] = useState(bell.wanted);
  const { open, overdue } = alarmsOf(lives);
  const before = useRef<Alarms | null>(null);
  const known = lives.length > 0 && lives.every((live) => live.progress !== null);
  useEffect(() => {
    document.title = titleOf(document.title, { open, overdue });
    if (!known) return;
    if (worse(before.current, { open, overdue })) bell.ring();
    before.current = { open, overdue };
  }, [known, open, overdue]);
  useEffect(() => {
    if (!wanted) return undefined;
    const allow = () => bell.allow();
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) addEventListener(event, allow, { once: true });
    return () => events.forEach((event) => removeEventListener(event, allow));
  }, [wanted]);
  const outToday = services.some((one) => one.day === today && one.published_revision !== null);
  const ring = (on: boolean) => {
    bell.want(on);
    setWanted(on);
    if (on) bell.ring();
  };
  return (
    <div class="alarm" aria-live="polite">
      {services.map((service, at) => {
        const told = alarmsOf(lives.slice(at, at + 1));
        if (told.open === 0) return null;
        return (
          <p key={keyOf(service)} {...(told.overdue > 0 ? { class: 'loud overdue', role: 'alert' } : { class: 'loud' })}>
            <a href={hashOf({ view: 'day', service: keyOf(service), rest: ['cases'] })}>
              {nameOf(service, today, say)} · {say('shut_doors', { count: told.open })}
              {told.overdue > 0 && ` · ${say('too_long', { count: told.overdue })}`}
            </a>
          </p>
        );
      })}
      {(open > 0 || wanted || outToday) && (
        <label class="bell">
          <input type="checkbox" checked={wanted} onChange={(event) => ring(event.currentTarget.checked)} />
          {say('sound')}
        </label>
      )}
    </div>
  );
}
