// What was recorded at the counter, the last first; a mistake is taken back.
import type { Eaten } from '../../service/delivery.ts';
import { clockText } from '../parts/times.ts';
import type { ViewProperties } from '../view.ts';

interface Properties extends ViewProperties {
  records: readonly Eaten[];
  /** What was recorded here just now. */
  last: { uid: string } | null;
  waiting: boolean;
  takeBack: (uid: string) => Promise<void>;
}

export function EatenList(properties: Properties) {
  const { say, zone, may, records, last, waiting, takeBack } = properties;
  const newest = [...records].reverse();
  const just = newest.find((one) => one.uid === last?.uid);
  const nameOf = (one: Eaten) => (one.elder === null ? '–' : `${one.elder.name} ${one.elder.code}`);
  return (
    <>
      <div role="status">
        {just !== undefined && (
          <p class="well">
            {say('eaten_done', { name: nameOf(just), way: say(`eaten_way_${just.way}`), at: clockText(just.at, zone) })}
          </p>
        )}
      </div>
      <h3>{records.length === 0 ? say('eaten_none') : say('eaten_list', { count: records.length })}</h3>
      <ul class="recorded">
        {newest.map((one) => (
          <li key={one.uid}>
            <span class="time">{clockText(one.at, zone)}</span>
            <span>
              <strong>{nameOf(one)}</strong> · {say(`eaten_way_${one.way}`)} · {one.canteen}
              {one.portions > 1 && <> · {say('portions_of', { count: one.portions })}</>}
              <span class="note"> {one.by}</span>
            </span>
            {may.has('change_delivery') && (
              <button
                type="button"
                class="quiet"
                disabled={waiting}
                aria-label={say('eaten_take_back_of', { name: nameOf(one) })}
                onClick={() => void takeBack(one.uid)}
              >
                {say('eaten_take_back')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
