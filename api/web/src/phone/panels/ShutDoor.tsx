// Nobody opened: the calls in their order with the clock of each, what came of them, and the way on.
import type { Actions } from '../actions.ts';
import { type SeenCase, type SeenStep, span, STEPS } from '../cases.ts';
import type { SeenStop } from '../progress.ts';
import type { Duty, Step, StepResult } from '../types.ts';
import { clockTime } from '../words.ts';
import { Guarded } from './Guarded.tsx';
import { useNow } from './Ticking.tsx';

interface Properties {
  stop: SeenStop;
  shut: SeenCase;
  duty: Duty;
  actions: Actions;
}

const RESULTS: readonly StepResult[] = ['reached', 'not_reached', 'impossible'];

export function ShutDoor(properties: Properties) {
  const { stop, shut, actions } = properties;
  const { say, zone, off } = actions;
  const now = useNow(off);
  const unsent = stop.result?.waiting === true;
  return (
    <section class="case" aria-labelledby="case">
      <h3 id="case">{say('nobody_home')}</h3>
      <p class="clock" role="timer">
        {say('case_since', { time: clockTime(new Date(shut.openedAt).toISOString(), zone), span: span(now - shut.openedAt) })}
      </p>
      <p class={unsent ? 'alert' : ''} role="status">{say(unsent ? 'case_unknown' : 'case_known')}</p>
      <h4>{say('case_steps')}</h4>
      <ol class="steps">
        {STEPS.map((step) => (
          <StepRow key={step} {...properties} step={step} now={now} />
        ))}
      </ol>
      {shut.next === null && <p>{say('case_done')}</p>}
      <Guarded class="big" onPress={() => actions.choose(null)}>{say('case_go_on')}</Guarded>
    </section>
  );
}

function StepRow({ stop, shut, duty, actions, step, now }: Properties & { step: Step; now: number }) {
  const { say } = actions;
  const done = shut.steps.filter((one) => one.step === step);
  const due = shut.next === step;
  return (
    <li class={due ? 'due' : ''}>
      <div role="group" aria-label={say(`step_${step}`)}>
        <p>
          <strong>{say(`step_${step}`)}</strong> {due && shut.dueAt !== null && <Left dueAt={shut.dueAt} now={now} actions={actions} />}
        </p>
        {done.map((one) => <Said key={one.at} one={one} actions={actions} />)}
        {(due || done.length === 0) && <Numbers stop={stop} duty={duty} actions={actions} step={step} />}
        {(due || (shut.next !== null && done.length === 0)) && (
          <div class="choices">
            {RESULTS.map((result) => (
              <Guarded
                key={`${result} ${due}`}
                class="quiet"
                onPress={() => void actions.report({ kind: 'step', order: stop.order, step, result })}
              >
                {say(`result_${result}`)}
              </Guarded>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}

function Left({ dueAt, now, actions }: { dueAt: number; now: number; actions: Actions }) {
  const late = now > dueAt;
  return (
    <span class={late ? 'clock late' : 'clock'}>
      {actions.say(late ? 'case_late' : 'case_left', { span: span(dueAt - now) })}
    </span>
  );
}

/** Who did it, when, and what came of it. */
function Said({ one, actions }: { one: SeenStep; actions: Actions }) {
  const { say, zone } = actions;
  const time = clockTime(new Date(one.at).toISOString(), zone);
  const who = say(one.byOffice ? 'by_office' : 'by_you');
  return <p>✓ {say('step_said', { time, who, result: say(`result_${one.result}`) })}</p>;
}

/** Whom to call in a step. */
function Numbers({ stop, duty, actions, step }: Omit<Properties, 'shut'> & { step: Step }) {
  const { say } = actions;
  const numbers = numbersOf(step, stop, duty).filter(({ phone }) => phone !== null);
  if (numbers.length === 0) return <p class="note">{say(step === 'call_contact' ? 'no_contact' : 'no_phone')}</p>;
  return (
    <>
      {numbers.map(({ name, phone }) => (
        <a key={phone} class="call" href={`tel:${phone}`} aria-label={say('call_who', { name: `${name} ${phone}` })}>
          {name} <span class="digits">{phone}</span>
        </a>
      ))}
    </>
  );
}

function numbersOf(step: Step, stop: SeenStop, duty: Duty): { name: string; phone: string | null }[] {
  if (step === 'call_elder') return [stop];
  if (step === 'tell_office') return [duty.loading];
  return stop.contacts.map(({ name, phone, relation }) => ({
    name: relation && relation !== name ? `${name} (${relation})` : name,
    phone,
  }));
}
