// Spares the map the frames that show nothing new: those between new shapes and their tiles.
import type { Map as MapView } from 'maplibre-gl';

import { areReady } from './sources.ts';

/** A frame is put off this long at most, in milliseconds, so that a drag is seen to go on. */
const PATIENCE = 200;

/**
 * Let a map wait with its next frame until the shapes that its sources were given can be drawn.
 *
 * Without a graphics card a frame takes a tenth of a second. One is wanted with every step of a
 * source on its way to the screen, and only the last shows anything. A map that moves draws at once.
 */
export function calm(map: MapView): void {
  const draw = map.triggerRepaint.bind(map);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  map.triggerRepaint = () => {
    if (map.isMoving() || areReady(map)) {
      clearTimeout(waiting);
      waiting = undefined;
      draw();
    } else {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        draw();
      }, PATIENCE);
    }
  };
  map.on('remove', () => clearTimeout(waiting));
}
