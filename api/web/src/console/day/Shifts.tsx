// Who is on shift, with the hours offered and the work that the plan gives.
import { clockText } from '../parts/times.ts';
import type { ViewProperties } from '../view.ts';
import type { Outlook } from './types.ts';

export function Shifts({ say, zone, outlook }: ViewProperties & { outlook: Outlook }) {
  const { couriers } = outlook;
  return (
    <section class="card" aria-labelledby="day-shifts">
      <h2 id="day-shifts">{say('on_shift', { count: couriers.length })}</h2>
      {couriers.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={say('on_shift', { count: couriers.length })}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('courier')}</th>
                <th scope="col">{say('canteen')}</th>
                <th scope="col">{say('shift_hours')}</th>
                <th scope="col">{say('trips')}</th>
                <th scope="col">{say('portions')}</th>
                <th scope="col">{say('phone')}</th>
              </tr>
            </thead>
            <tbody>
              {couriers.map((one) => (
                <tr key={one.courier} class={one.has_phone ? '' : 'warned'}>
                  <th scope="row">{one.courier} {one.courier_name}</th>
                  <td>{one.canteen}</td>
                  <td>{one.hours.map(([from, to]) => `${clockText(from, zone)}–${clockText(to, zone)}`).join(' ')}</td>
                  <td>{one.trips || '–'}</td>
                  <td>{one.portions || '–'}</td>
                  <td>{say(one.has_phone ? 'phone_yes' : 'phone_no')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
