// The view "roster": elders, couriers, canteens and meal points, one file each, the unlocated queue, and imports.
import type { ViewProperties } from '../view.ts';
import { CanteenFile } from './CanteenFile.tsx';
import { CanteenList } from './CanteenList.tsx';
import { CourierFile } from './CourierFile.tsx';
import { CourierList } from './CourierList.tsx';
import { ElderFile } from './ElderFile.tsx';
import { ElderList } from './ElderList.tsx';
import { Import } from './Import.tsx';
import { NewElder } from './NewElder.tsx';
import { PointFile } from './PointFile.tsx';
import { PointList } from './PointList.tsx';
import { type Part, Tabs } from './Tabs.tsx';
import { UnkeptList } from './UnkeptList.tsx';
import { Unlocated } from './Unlocated.tsx';

/** Which part is open, and in it whose file; "new" is nobody's yet. */
function opened([part, code]: readonly string[]): [Part, string | null] {
  const known: Part[] = ['elders', 'couriers', 'canteens', 'points', 'unlocated', 'unkept', 'import'];
  return [known.find((one) => one === part) ?? 'elders', code ?? null];
}

export function RosterView(properties: ViewProperties) {
  const [part, code] = opened(properties.place.rest);
  const { say, may } = properties;
  return (
    <div class="roster">
      <Tabs {...{ say, may }} open={part} />
      {part === 'elders' && code === null && <ElderList {...properties} />}
      {part === 'elders' && code === 'new' && <NewElder {...properties} />}
      {part === 'elders' && code !== null && code !== 'new' && <ElderFile key={code} {...properties} code={code} />}
      {part === 'couriers' && code === null && <CourierList {...properties} />}
      {part === 'couriers' && code !== null && <CourierFile key={code} {...properties} code={code} />}
      {part === 'canteens' && code === null && <CanteenList {...properties} />}
      {part === 'canteens' && code !== null && <CanteenFile key={code} {...properties} code={code} />}
      {part === 'points' && code === null && <PointList {...properties} />}
      {part === 'points' && code !== null && <PointFile key={code} {...properties} code={code} />}
      {part === 'unlocated' && <Unlocated {...properties} code={code} />}
      {part === 'unkept' && <UnkeptList {...properties} />}
      {part === 'import' && <Import {...properties} />}
    </div>
  );
}
