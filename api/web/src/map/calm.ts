// Spares the map the frames that show nothing new: those between new shapes and their tiles.
import type { Map as MapView } from 'maplibre-gl';

import { areReady } from './sources.ts';

/** A frame is put off this long at most, in milliseconds, so that a drag is seen to go on. */
const PATIENCE = 200;

/**
 * Let a map wait with its next frame until the shapes that its sources were given can be drawn.
 *
 * Without a graphics card a frame takes a tenth of a second. One is wanted with every step of a
 * source on its way to the screen, and only the last shows anything; one more after every frame
 * with new names, which shows the same again. A map that moves draws at once.
 */
export function calm(map: MapView): void {
  const draw = map.triggerRepaint.bind(map);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted: number | null = null; // since when, on the page's clock
  let drawing = false;
  const go = () => {
    clearTimeout(timer);
    timer = undefined;
    wanted = null;
    draw();
  };
  const look = () => {
    const left = PATIENCE - (performance.now() - (wanted ?? 0));
    if (areReady(map) || left <= 0) go();
    else timer = setTimeout(look, left);
  };
  map.triggerRepaint = () => {
    if (map.isMoving()) {
      go();
      return;
    }
    wanted ??= performance.now();
    if (drawing && timer !== undefined) return;
    clearTimeout(timer);
    // The click that comes with the release of the mouse may bring new shapes: they are waited for.
    timer = setTimeout(look, drawing ? PATIENCE : 0);
  };
  map.on('render', () => {
    drawing = true; // what is wanted from here to the end of the frame is only the same again
    queueMicrotask(() => (drawing = false));
  });
  map.on('remove', () => clearTimeout(timer));
}
