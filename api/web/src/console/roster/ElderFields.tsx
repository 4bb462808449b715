// The fields of an elder's file, in the groups in which people think of them.
import type { Say } from '../texts.ts';
import type { ContactForm, ElderForm, Texts } from './editing.ts';
import { MEALS } from './editing.ts';
import { Check, ChoiceField, TextField } from './fields/Field.tsx';
import { MealFields } from './MealFields.tsx';
import type { Choices } from './useChoices.ts';
import { DIETS, wordOf } from './words.ts';

export interface FormProperties {
  say: Say;
  form: ElderForm;
  change: (part: Partial<ElderForm>) => void;
  /** Sentences by field. */
  problems: Readonly<Record<string, string>>;
  choices: Choices;
  /** The canteen that keeps the file now, chosen by distance. */
  derived: string | null;
}

const CARE = ['independent', 'semi_disabled', 'disabled'];
const HARDSHIPS = ['', 'dibao', 'dibian', 'tekun'];

export function ElderFields(properties: FormProperties) {
  const { say, form, change, problems, choices, derived } = properties;
  const text = (name: keyof Texts, label = `field_${name}` as const) => ({
    label: say(label as Parameters<Say>[0]),
    value: form[name],
    onValue: (value: string) => change({ [name]: value }),
    problem: problems[name],
  });
  const words = (set: string, values: readonly string[]) =>
    values.map((value) => [value, value === '' ? say('none_chosen') : wordOf(say, set, value)] as const);
  const named = (list: readonly { code: string; name: string | null }[], none: string) => [
    ['', none] as const,
    ...list.map(({ code, name }) => [code, `${code} ${name ?? ''}`.trim()] as const),
  ];
  const byPlace = `${say('canteen_by_place')}${derived && form.canteen === '' ? say('canteen_now', { code: derived }) : ''}`;
  return (
    <>
      <Group title={say('part_person')}>
        <TextField {...text('name')} required />
        <ChoiceField {...text('sex')} choices={words('sex', ['', 'female', 'male'])} />
        <TextField {...text('birth_date')} type="date" />
        <TextField {...text('phone')} />
      </Group>
      <Group title={say('part_home')}>
        <TextField {...text('compound')} />
        <TextField {...text('building')} />
        <TextField {...text('unit')} />
        <TextField {...text('floor')} hint={say('floor_hint')} />
        <ChoiceField
          {...text('lift')}
          choices={[
            ['', say('unknown')],
            ['yes', say('lift_yes')],
            ['no', say('lift_no')],
          ]}
        />
        <TextField {...text('room')} />
        <TextField {...text('door_note')} wide />
      </Group>
      <Group title={say('part_meals')}>
        {MEALS.map((meal) => (
          <MealFields key={meal} {...{ say, meal, problems }} standing={form[meal]} onStanding={(one) => change({ [meal]: one })} />
        ))}
      </Group>
      <Group title={say('part_care')}>
        <Diets {...{ say }} diets={form.diets} onDiets={(diets) => change({ diets })} problem={problems['diets']} />
        <ChoiceField {...text('care_level')} choices={words('care_level', CARE)} />
        <ChoiceField {...text('hardship')} choices={words('hardship', HARDSHIPS)} />
        <Check label={say('field_lives_alone')} checked={form.lives_alone} onValue={(lives_alone) => change({ lives_alone })} />
      </Group>
      <Group title={say('part_contacts')}>
        <Contacts {...{ say, problems }} contacts={form.contacts} onContacts={(contacts) => change({ contacts })} />
      </Group>
      <Group title={say('part_service')}>
        <ChoiceField {...text('canteen')} choices={named(choices.canteens, byPlace)} />
        <ChoiceField {...text('courier')} choices={named(choices.couriers, say('none_chosen'))} />
        <ChoiceField {...text('meal_point')} choices={named(choices.points, say('none_chosen'))} />
        <TextField {...text('handover_seconds')} type="number" />
        <TextField {...text('priority')} type="number" />
      </Group>
    </>
  );
}

export function Group({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <fieldset class="group">
      <legend>{title}</legend>
      <div class="fields">{children}</div>
    </fieldset>
  );
}

interface DietProperties {
  say: Say;
  diets: readonly string[];
  onDiets: (diets: readonly string[]) => void;
  problem: string | undefined;
}

function Diets({ say, diets, onDiets, problem }: DietProperties) {
  const usual: readonly string[] = DIETS;
  const others = diets.filter((one) => !usual.includes(one));
  const put = (word: string, on: boolean) => onDiets(on ? [...diets, word] : diets.filter((one) => one !== word));
  const write = (value: string) =>
    onDiets([...diets.filter((one) => usual.includes(one)), ...value.split(/[;；,，、]/).filter((one) => one !== '')]);
  return (
    <fieldset class="weekdays wide-field">
      <legend>{say('field_diets')}</legend>
      {DIETS.map((word) => (
        <Check key={word} label={wordOf(say, 'diet', word)} checked={diets.includes(word)} onValue={(on) => put(word, on)} />
      ))}
      <TextField label={say('field_other_diet')} value={others.join('；')} onValue={write} problem={problem} />
    </fieldset>
  );
}

interface ContactProperties {
  say: Say;
  contacts: readonly ContactForm[];
  onContacts: (contacts: readonly ContactForm[]) => void;
  problems: Readonly<Record<string, string>>;
}

function Contacts({ say, contacts, onContacts, problems }: ContactProperties) {
  const change = (index: number, part: Partial<ContactForm>) =>
    onContacts(contacts.map((one, k) => (k === index ? { ...one, ...part } : one)));
  return (
    <>
      {contacts.map((one, index) => (
        <div class="fields wide-field" key={index}>
          <TextField
            label={say('field_contact_name')}
            value={one.name}
            onValue={(name) => change(index, { name })}
            problem={problems[`contacts.${index}.name`]}
          />
          <TextField
            label={say('field_contact_phone')}
            value={one.phone}
            onValue={(phone) => change(index, { phone })}
            problem={problems[`contacts.${index}.phone`]}
          />
          <TextField label={say('field_relation')} value={one.relation} onValue={(relation) => change(index, { relation })} />
          <button type="button" class="quiet" onClick={() => onContacts(contacts.filter((_, k) => k !== index))}>
            {say('remove')}
          </button>
        </div>
      ))}
      {contacts.length < 5 && (
        <button
          type="button"
          class="quiet"
          onClick={() => onContacts([...contacts, { name: '', phone: '', relation: '' }])}
        >
          {say('add_contact')}
        </button>
      )}
    </>
  );
}
