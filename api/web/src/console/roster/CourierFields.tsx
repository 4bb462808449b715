// The fields of a courier's file.
import type { Say } from '../texts.ts';
import type { CourierForm, ShiftForm } from './couriers.ts';
import { Group } from './ElderFields.tsx';
import { Check, ChoiceField, TextField } from './fields/Field.tsx';
import { Weekdays } from './fields/Weekdays.tsx';
import { wordOf } from './words.ts';

interface Properties {
  say: Say;
  form: CourierForm;
  change: (part: Partial<CourierForm>) => void;
  problems: Readonly<Record<string, string>>;
  canteens: readonly { code: string; name: string | null }[];
}

const KINDS = ['volunteer', 'staff', 'rider'];
const MODES = ['foot', 'bicycle', 'ebike', 'car'];
const NEW_SHIFT: ShiftForm = { weekdays: [0, 1, 2, 3, 4, 5, 6], starts: '10:30', ends: '12:30' };

export function CourierFields({ say, form, change, problems, canteens }: Properties) {
  const text = (name: 'name' | 'phone' | 'kind' | 'canteen' | 'mode' | 'boxes' | 'max_trips' | 'note') => ({
    label: say(`field_${name}`),
    value: form[name],
    onValue: (value: string) => change({ [name]: value }),
    problem: problems[name],
  });
  const words = (set: string, values: readonly string[]) => values.map((value) => [value, wordOf(say, set, value)] as const);
  return (
    <>
      <Group title={say('part_person')}>
        <TextField {...text('name')} required />
        <TextField {...text('phone')} />
        <ChoiceField {...text('kind')} choices={words('kind', KINDS)} />
        <ChoiceField
          {...text('canteen')}
          required
          choices={[['', say('none_chosen')], ...canteens.map((one) => [one.code, `${one.code} ${one.name ?? ''}`] as const)]}
        />
        <Check label={say('comes')} checked={form.active} onValue={(active) => change({ active })} />
      </Group>
      <Group title={say('part_service')}>
        <ChoiceField {...text('mode')} choices={words('mode', MODES)} />
        <TextField {...text('boxes')} type="number" required />
        <TextField {...text('max_trips')} type="number" />
        <Check label={say('field_care')} checked={form.care} onValue={(care) => change({ care })} />
        <TextField {...text('note')} wide />
      </Group>
      <Group title={say('part_shifts')}>
        <Shifts {...{ say, problems }} shifts={form.shifts} onShifts={(shifts) => change({ shifts })} />
      </Group>
    </>
  );
}

interface ShiftProperties {
  say: Say;
  shifts: readonly ShiftForm[];
  onShifts: (shifts: readonly ShiftForm[]) => void;
  problems: Readonly<Record<string, string>>;
}

function Shifts({ say, shifts, onShifts, problems }: ShiftProperties) {
  const change = (index: number, part: Partial<ShiftForm>) =>
    onShifts(shifts.map((one, k) => (k === index ? { ...one, ...part } : one)));
  return (
    <>
      {shifts.map((one, index) => (
        <div class="fields wide-field" key={index}>
          <TextField
            type="time"
            label={say('field_starts')}
            value={one.starts}
            onValue={(starts) => change(index, { starts })}
            problem={problems[`shifts.${index}.starts`]}
          />
          <TextField
            type="time"
            label={say('field_ends')}
            value={one.ends}
            onValue={(ends) => change(index, { ends })}
            problem={problems[`shifts.${index}.ends`]}
          />
          <Weekdays
            {...{ say }}
            days={one.weekdays}
            onDays={(weekdays) => change(index, { weekdays })}
            problem={problems[`shifts.${index}.weekdays`]}
          />
          <button type="button" class="quiet" onClick={() => onShifts(shifts.filter((_, k) => k !== index))}>
            {say('remove')}
          </button>
        </div>
      ))}
      {shifts.length < 14 && (
        <button type="button" class="quiet" onClick={() => onShifts([...shifts, NEW_SHIFT])}>
          {say('add_shift')}
        </button>
      )}
    </>
  );
}
