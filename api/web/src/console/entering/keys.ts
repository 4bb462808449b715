// Keys on a sheet: digits and arrows on outcomes, arrows and Enter down the column of times.
import type { RefObject } from 'preact';

import type { Duty } from '../../service/delivery.ts';
import { deedOf, type Draft, lineOf, stopsOf, withLine } from './sheet.ts';

/** Move the focus to a field of a form by its name. */
export function focusField(form: HTMLElement | null, field: string): void {
  const found = form?.querySelector<HTMLElement>(`[data-field="${field}"]`);
  found?.focus();
}

/** Return what handles the keys of a sheet's form. */
export function sheetKeys(
  form: RefObject<HTMLFormElement | null>, duty: Duty, draft: Draft, change: (draft: Draft) => void,
): (event: KeyboardEvent) => void {
  const orders = stopsOf(duty).map((stop) => stop.order);
  const go = (column: string, order: number, by: number) => {
    const to = orders[orders.indexOf(order) + by];
    if (to !== undefined) focusField(form.current, `${column}-${to}`);
    else if (by > 0) focusField(form.current, 'save');
  };
  return (event) => {
    const field = event.target instanceof HTMLElement ? (event.target.dataset.field ?? '') : '';
    const [column = '', number] = field.split('-');
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (column === 'time' || column === 'note') {
      const by = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault(); // Enter would send the sheet half done
      if (column === 'time') go(column, Number(number), by);
      else go('outcome', Number(number), by);
      return;
    }
    if (column !== 'outcome') {
      // Enter in another field would send the sheet half done.
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      if (event.key === 'Enter' && column === 'departed') focusField(form.current, `returned-${number}`);
      if (event.key === 'Enter' && column === 'returned') {
        const first = duty.trips.find((trip) => trip.number === Number(number))?.stops[0];
        if (first !== undefined) focusField(form.current, `outcome-${first.order}`);
      }
      return;
    }
    const [order, deed] = [Number(number), deedOf(event.key)];
    if (deed === null) return;
    event.preventDefault();
    if (deed.do === 'move') return go(column, order, deed.by);
    if (deed.do === 'clear') return change(withLine(draft, order, { outcome: null }));
    if (deed.do === 'tick') change(withLine(draft, order, { outcome: deed.outcome }));
    else if (lineOf(draft, order).outcome === null) change(withLine(draft, order, { outcome: 'handed_over' }));
    // "Other" needs words: its note comes next, once it is there.
    if (deed.do === 'tick' && deed.outcome === 'other') setTimeout(() => focusField(form.current, `note-${order}`));
    else go(column, order, 1);
  };
}
