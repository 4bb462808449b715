// Elders whom no canteen keeps, for those who see all canteens: no manager's roster shows them.
import { useState } from 'preact/hooks';

import type { Page } from '../../service/types.ts';
import type { ViewProperties } from '../view.ts';
import { useAsked } from '../parts/useAsked.ts';
import { Rows } from './ElderList.tsx';
import { BackToList } from './FilePage.tsx';
import { Pages } from './Pages.tsx';
import type { ElderRow } from './types.ts';

const LIMIT = 50;

export function UnkeptList({ client, say }: ViewProperties) {
  const [offset, go] = useState(0);
  const path = `/api/v1/elders?kept=false&limit=${LIMIT}&offset=${offset}`;
  const { answer, problem } = useAsked<Page<ElderRow>>(client, say, path, { keep: true });
  return (
    <>
      <BackToList {...{ say }} part="unlocated" />
      <h2>{say('unkept_title')}</h2>
      <p class="note">{say('unkept_note')}</p>
      <div aria-live="polite">
        {problem !== null && <p class="alert">{problem}</p>}
        {answer && <p>{answer.total === 0 ? say('unkept_none') : say('found_count', { count: answer.total })}</p>}
      </div>
      {answer && answer.total > 0 && <Rows {...{ say }} rows={answer.items} />}
      {answer && <Pages {...{ say, offset, go }} limit={LIMIT} total={answer.total} />}
    </>
  );
}
