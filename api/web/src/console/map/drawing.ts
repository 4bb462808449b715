// The console's map itself; this file, and MapLibre with it, is loaded when a map is opened.
import 'maplibre-gl/dist/maplibre-gl.css';

import {
  type GeoJSONSource,
  Map as MapView,
  type MapMouseEvent,
  type MapTouchEvent,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

import { declaredFaces, fontFaces, LABEL_FONT } from '../../map/fonts.ts';
import { groundStyle } from '../../map/ground.ts';
import { addImages } from '../../map/images.ts';
import type { Basemap, Position } from '../../service/types.ts';
import type { Language, Say } from '../texts.ts';
import type { Box, Drawn, Touched } from './properties.ts';

const NEAR = 6; // pixels beside something that still touch it
const FIT = { padding: 48, maxZoom: 17 };

/** Return whether this browser can draw a map at all. */
export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

export class Drawing {
  readonly #map: MapView;
  readonly #box: HTMLElement;
  readonly #ground: Basemap | null;
  #drawn: Drawn;
  #layers = false;
  #dragged: { touched: Touched; place: Position | null } | null = null;

  constructor(
    box: HTMLElement,
    ground: Basemap | null,
    drawn: Drawn,
    words: { title: string; language: Language; say: Say },
  ) {
    this.#box = box;
    this.#ground = ground;
    this.#drawn = drawn;
    setWorkerUrl(workerUrl);
    const { language, say, title } = words;
    const faces = fontFaces(declaredFaces(document), LABEL_FONT);
    const around = drawn.around ?? ground?.bounds;
    this.#map = new MapView({
      container: box,
      style: groundStyle(ground, language, faces, location.origin),
      ...(around ? { bounds: [...around], fitBoundsOptions: FIT } : { center: [120.15, 30.27], zoom: 10 }),
      minZoom: 5,
      maxZoom: 19,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0, // labels that fade in keep a computer without graphics busy
      attributionControl: { compact: false },
      locale: {
        'Map.Title': title,
        'NavigationControl.ZoomIn': say('zoom_in'),
        'NavigationControl.ZoomOut': say('zoom_out'),
      },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.#map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
    this.#map.on('load', () => this.#open());
    this.#map.on('idle', () => box.setAttribute('data-ready', ''));
    this.#map.on('movestart', () => box.removeAttribute('data-ready'));
    this.#listen();
  }

  /** Draw what changed since the last time. */
  show(drawn: Drawn): void {
    const before = this.#drawn;
    this.#drawn = drawn;
    this.#map.getCanvas().style.cursor = drawn.choosing ? 'crosshair' : '';
    if (drawn.around !== before.around) this.#goTo(drawn.around);
    if (!this.#layers) return; // drawn when the background is there
    for (const [name, shapes] of Object.entries(drawn.shapes)) {
      if (shapes === before.shapes[name]) continue;
      this.#box.removeAttribute('data-ready');
      (this.#map.getSource(name) as GeoJSONSource | undefined)?.setData(shapes);
    }
  }

  /** Return the place in the middle of the map. */
  middle(): Position {
    const { lng, lat } = this.#map.getCenter().wrap();
    return [lng, lat];
  }

  close(): void {
    for (const name of LETTING_GO) window.removeEventListener(name, this.#letGo);
    this.#map.remove();
  }

  #open(): void {
    addImages(this.#map);
    for (const [name, data] of Object.entries(this.#drawn.shapes))
      this.#map.addSource(name, { type: 'geojson', data });
    for (const layer of this.#drawn.layers) this.#map.addLayer(layer);
    this.#layers = true;
    this.#box.removeAttribute('data-ready');
  }

  #goTo(around: Box | null): void {
    const to = around ?? this.#ground?.bounds;
    if (to) this.#map.fitBounds([...to], FIT); // jumps where the reader wants less motion
  }

  #listen(): void {
    this.#map.on('click', (event) =>
      this.#drawn.onPlace?.(placeOf(event), this.#touched(event, this.#drawn.touchable ?? [])),
    );
    this.#map.on('mousedown', (event) => this.#take(event));
    this.#map.on('touchstart', (event) => {
      if (event.points.length === 1) this.#take(event);
    });
    for (const name of ['mousemove', 'touchmove'] as const)
      this.#map.on(name, (event: MapMouseEvent | MapTouchEvent) => this.#move(event));
    for (const name of LETTING_GO) window.addEventListener(name, this.#letGo);
  }

  #touched(event: MapMouseEvent | MapTouchEvent, layers: readonly string[]): Touched | null {
    if (!this.#layers || layers.length === 0) return null;
    const { x, y } = event.point;
    const about: [[number, number], [number, number]] = [[x - NEAR, y - NEAR], [x + NEAR, y + NEAR]];
    const exact = this.#map.queryRenderedFeatures(event.point, { layers: [...layers] });
    const [found] = exact.length > 0 ? exact : this.#map.queryRenderedFeatures(about, { layers: [...layers] });
    return found ? { layer: found.layer.id, properties: found.properties } : null;
  }

  #take(event: MapMouseEvent | MapTouchEvent): void {
    const { movable, onMoved } = this.#drawn;
    if (movable === undefined || onMoved === undefined) return;
    const touched = this.#touched(event, [movable]);
    if (touched === null) return;
    event.preventDefault(); // the map stays where it is
    this.#dragged = { touched, place: null };
  }

  #move(event: MapMouseEvent | MapTouchEvent): void {
    const dragged = this.#dragged;
    if (dragged === null) return this.#point(event);
    event.preventDefault();
    dragged.place = placeOf(event);
    this.#drawn.onMoved?.(dragged.place, dragged.touched, false);
  }

  #point(event: MapMouseEvent | MapTouchEvent): void {
    if (this.#drawn.choosing) return;
    const { touchable, movable } = this.#drawn;
    const layers = [...(touchable ?? []), ...(movable === undefined ? [] : [movable])];
    const over = this.#touched(event, layers) !== null;
    this.#map.getCanvas().style.cursor = over ? 'pointer' : '';
  }

  readonly #letGo = (): void => {
    const dragged = this.#dragged;
    this.#dragged = null;
    if (dragged?.place) this.#drawn.onMoved?.(dragged.place, dragged.touched, true);
  };
}

const LETTING_GO = ['mouseup', 'touchend', 'touchcancel', 'blur'] as const;

function placeOf(event: MapMouseEvent | MapTouchEvent): Position {
  const { lng, lat } = event.lngLat.wrap();
  return [lng, lat];
}
