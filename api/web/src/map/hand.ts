// The hand on the map: places new sites by a click, moves the one it holds by click or drag.
import type { Map as MapView, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';

import type { Placing } from '../placing.ts';
import { keyFor } from '../sites.ts';
import type { Position } from '../service/types.ts';
import { SITE_LAYER } from './layers.ts';

export interface Deeds {
  /** A site was clicked. */
  chosen: (key: string) => void;
  /** A place was clicked while the hand holds something; `at` in milliseconds of the page's clock. */
  placed: (place: Position, at: number) => void;
  /** The site in the hand was dragged; `first` and `last` step of the drag are marked. */
  dragged: (place: Position, step: { first: boolean; last: boolean }, at: number) => void;
  /** A place was clicked while candidates are drawn. */
  drawn: (place: Position) => void;
}

interface Drag {
  place: Position | null;
  /** A step is told with the next frame. */
  waiting: boolean;
  steps: number;
}

export class Hand {
  readonly #map: MapView;
  readonly #deeds: Deeds;
  #placing: Placing = { tool: null, moving: null };
  #drawing = false;
  #drag: Drag | null = null;

  constructor(map: MapView, deeds: Deeds) {
    this.#map = map;
    this.#deeds = deeds;
    map.on('click', (event) => this.#click(event));
    map.on('mousedown', SITE_LAYER, (event) => this.#take(event));
    map.on('touchstart', SITE_LAYER, (event) => {
      if (event.points.length === 1) this.#take(event);
    });
    for (const name of ['mousemove', 'touchmove'] as const)
      map.on(name, (event: MapMouseEvent | MapTouchEvent) => this.#move(event));
    for (const name of ['mouseup', 'touchend', 'touchcancel', 'blur'])
      window.addEventListener(name, this.#drop);
    for (const [name, over] of [['mouseenter', true], ['mouseleave', false]] as const)
      map.on(name, SITE_LAYER, () => this.#point(over));
  }

  /** Hold what the state says; with `drawing` every click is a candidate. */
  hold(placing: Placing, drawing: boolean): void {
    this.#placing = placing;
    this.#drawing = drawing;
    this.#point(false);
  }

  close(): void {
    for (const name of ['mouseup', 'touchend', 'touchcancel', 'blur'])
      window.removeEventListener(name, this.#drop);
  }

  get #holds(): boolean {
    return this.#placing.tool !== null || this.#placing.moving !== null;
  }

  #click(event: MapMouseEvent): void {
    if (this.#drawing) {
      this.#deeds.drawn(placeOf(event));
      return;
    }
    if (this.#holds) {
      this.#deeds.placed(placeOf(event), event.originalEvent.timeStamp);
      return;
    }
    const [site] = this.#map.queryRenderedFeatures(event.point, { layers: [SITE_LAYER] });
    const key: unknown = site?.properties['key'];
    if (typeof key === 'string') this.#deeds.chosen(key);
  }

  #take(event: (MapMouseEvent | MapTouchEvent) & { features?: { properties: object }[] }): void {
    const { moving } = this.#placing;
    const keys = (event.features ?? []).map((one) => (one.properties as { key?: string }).key);
    if (moving === null) return;
    if (!keys.includes(keyFor('canteen', moving)) && !keys.includes(keyFor('meal_point', moving)))
      return;
    event.preventDefault(); // the map stays where it is
    this.#drag = { place: null, waiting: false, steps: 0 };
  }

  #move(event: MapMouseEvent | MapTouchEvent): void {
    const drag = this.#drag;
    if (drag === null) return;
    event.preventDefault();
    drag.place = placeOf(event);
    if (drag.waiting) return;
    // One step a frame: the mouse tells more places than anybody sees.
    drag.waiting = true;
    requestAnimationFrame((at) => this.#step(drag, at));
  }

  #step(drag: Drag, at: number): void {
    drag.waiting = false;
    if (drag !== this.#drag || drag.place === null) return;
    this.#deeds.dragged(drag.place, { first: drag.steps === 0, last: false }, at);
    drag.steps += 1;
  }

  readonly #drop = (event: Event): void => {
    const drag = this.#drag;
    this.#drag = null;
    if (drag === null || drag.place === null) return;
    this.#deeds.dragged(drag.place, { first: drag.steps === 0, last: true }, event.timeStamp);
  };

  #point(over: boolean): void {
    this.#map.getCanvas().style.cursor = this.#holds || this.#drawing ? 'crosshair' : over ? 'pointer' : '';
  }
}

function placeOf(event: MapMouseEvent | MapTouchEvent): Position {
  const { lng, lat } = event.lngLat.wrap();
  return [lng, lat];
}
