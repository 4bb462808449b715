// Calling the elder, the contacts and the canteen; handing the place over to a navigation program.
import type { Actions } from '../actions.ts';
import { navigationLinks, type Program } from '../navigation.ts';
import type { SeenStop } from '../progress.ts';
import type { Duty } from '../types.ts';

interface Properties {
  stop: SeenStop;
  duty: Duty;
  actions: Actions;
}

const PROGRAMS: readonly Program[] = ['amap', 'baidu', 'tencent'];

export function Calls({ stop, duty, actions }: Properties) {
  const { say } = actions;
  const others = stop.contacts.filter((contact) => contact.phone !== null);
  return (
    <div class="calls">
      {stop.phone ? (
        <a class="call" href={`tel:${stop.phone}`}>
          {say('call')} <span class="digits">{stop.phone}</span>
        </a>
      ) : (
        <p>{say('no_phone')}</p>
      )}
      <details>
        <summary>{say('contact')} · {say('canteen')}</summary>
        <ul class="plain">
          {others.map((contact) => (
            <li key={contact.phone}>
              <a href={`tel:${contact.phone}`}>
                {contact.name}
                {contact.relation && contact.relation !== contact.name ? ` (${contact.relation})` : ''}{' '}
                <span class="digits">{contact.phone}</span>
              </a>
            </li>
          ))}
          {duty.loading.phone && (
            <li>
              <a href={`tel:${duty.loading.phone}`}>
                {duty.loading.name} <span class="digits">{duty.loading.phone}</span>
              </a>
            </li>
          )}
        </ul>
      </details>
    </div>
  );
}

export function Navigation({ stop, duty, actions }: Properties) {
  const { say } = actions;
  if (stop.place === null) return <p class="note">{say('no_place')}</p>;
  const links = navigationLinks(stop.place, duty.mode, say('stop', { number: stop.number }));
  return (
    <div class="navigate" role="group" aria-label={say('navigate')}>
      <span aria-hidden="true">{say('navigate')}</span>
      {PROGRAMS.map((program) => (
        <a key={program} href={links[program]} target="_blank" rel="noopener noreferrer">
          {say(program)}
        </a>
      ))}
    </div>
  );
}
