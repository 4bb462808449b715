// A site's mark as a small picture beside words that say the same.
import { MARKS, SIZE, type Mark } from '../marks.ts';

export function MarkPicture({ mark }: { mark: Mark }) {
  const { path, fill, edge, sign, ink } = MARKS[mark];
  return (
    <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
      <path d={path} fill={fill} stroke={edge} stroke-width="2" />
      {sign !== null && <path d={sign} fill="none" stroke={ink} stroke-width="2.6" />}
    </svg>
  );
}
