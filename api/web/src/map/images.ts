// Puts the marks of sites into the map as pictures, drawn here: no picture is fetched.
import type { Map as MapView } from 'maplibre-gl';

import { MARKS, SIZE } from '../marks.ts';

const SHARP = 2; // pixels of the picture per pixel on the screen

export function addImages(map: MapView): void {
  for (const [name, mark] of Object.entries(MARKS)) {
    const side = SIZE * SHARP;
    const brush = new OffscreenCanvas(side, side).getContext('2d');
    if (brush === null) throw new Error('this browser cannot draw pictures');
    brush.scale(SHARP, SHARP);
    const shape = new Path2D(mark.path);
    brush.fillStyle = mark.fill;
    brush.strokeStyle = mark.edge;
    brush.lineWidth = 2;
    brush.fill(shape);
    brush.stroke(shape);
    if (mark.sign !== null) {
      brush.strokeStyle = mark.ink;
      brush.lineWidth = 2.6;
      brush.stroke(new Path2D(mark.sign));
    }
    map.addImage(name, brush.getImageData(0, 0, side, side), { pixelRatio: SHARP });
  }
}
