// The map on the screen: opened once, then told what to draw and where to look.
import { Map as MapView, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

import type { Position } from '../service/types.ts';
import type { State } from '../state.ts';
import type { Language, Say } from '../texts.ts';
import { calm } from './calm.ts';
import { declaredFaces, fontFaces, LABEL_FONT } from './fonts.ts';
import { whenDone } from './frames.ts';
import { groundStyle } from './ground.ts';
import { type Deeds, Hand } from './hand.ts';
import { addImages } from './images.ts';
import { addLayers, draw } from './layers.ts';
import { areReady } from './sources.ts';

const CLOSE_ZOOM = 16;

export interface Words {
  say: Say;
  language: Language;
}

/** Return whether this browser can draw the map at all. */
export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

/** The map as it is on the screen. */
export interface Shot {
  picture: HTMLCanvasElement;
  /** On the screen, in its pixels; the picture is so many times as sharp. */
  width: number;
  height: number;
  sharp: number;
  metresPerPixel: number;
}

const ROUND_THE_EARTH = 40_075_017; // metres along the equator
const WORLD = 512; // pixels that the map of the world is wide at zoom 0

export class MapOnPage {
  readonly #map: MapView;
  readonly #box: HTMLElement;
  readonly #hand: Hand;
  readonly #say: Say;
  #state: State;
  #layers = false;

  /**
   * Open the map in a box of the page; `deeds` are told what is done on it by hand.
   *
   * `beside`: a map that is open already, over which this one lies, at the same place.
   */
  constructor(
    box: HTMLElement,
    state: State,
    words: Words,
    deeds: Deeds,
    beside?: { map: MapOnPage; title: string },
  ) {
    this.#box = box;
    this.#state = state;
    this.#say = words.say;
    setWorkerUrl(workerUrl);
    const { say } = words;
    this.#map = new MapView({
      container: box,
      style: groundStyle(
        state.basemap,
        words.language,
        fontFaces(declaredFaces(document), LABEL_FONT),
        location.origin,
      ),
      ...(beside ? beside.map.#look() : start(state) ?? { center: [120.15, 30.27], zoom: 10 }),
      minZoom: 5,
      maxZoom: 19,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0, // labels that fade in keep a laptop without graphics busy
      attributionControl: { compact: false },
      locale: {
        'Map.Title': beside?.title ?? say('map'),
        'NavigationControl.ZoomIn': say('zoom_in'),
        'NavigationControl.ZoomOut': say('zoom_out'),
      },
    });
    calm(this.#map);
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.#map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
    this.#map.on('load', () => this.#open());
    this.#map.on('idle', () => this.#box.setAttribute('data-ready', ''));
    this.#map.on('movestart', () => this.#box.removeAttribute('data-ready'));
    this.#hand = new Hand(this.#map, deeds);
  }

  /** Draw a state. */
  show(state: State): void {
    this.#state = state;
    this.#hand.hold(state.placing, state.choosing.drawing);
    if (this.#layers && draw(this.#map, state, this.#say)) this.#box.removeAttribute('data-ready');
  }

  /** Return the place in the middle of the map. */
  middle(): Position {
    const { lng, lat } = this.#map.getCenter().wrap();
    return [lng, lat];
  }

  /** Call back once what was shown last is drawn: not only told to the drawing context, but done by it. */
  whenDrawn(done: () => void): void {
    const drawn = () => {
      if (!this.#layers || !areReady(this.#map)) return;
      this.#map.off('render', drawn);
      whenDone(this.#map.getCanvas(), done);
    };
    this.#map.on('render', drawn);
    // What is new comes with a frame of its own; without anything new there would be none.
    if (this.#layers && areReady(this.#map)) this.#map.triggerRepaint();
  }

  /** Call back once all is drawn, the background too. */
  #whenIdle(done: () => void): void {
    this.#map.once('idle', done);
    this.#map.triggerRepaint();
  }

  /** Move to a place, near enough to see its street. */
  moveTo(place: Position, near = CLOSE_ZOOM): void {
    const zoom = Math.max(this.#map.getZoom(), near);
    this.#map.easeTo({ center: place, zoom }); // jumps where the reader wants less motion
  }

  /** Move only if a place is near the edge or beyond it. */
  keepInSight(place: Position): void {
    if (!this.#map.getBounds().contains(place)) this.#map.easeTo({ center: place });
  }

  /** Take a picture of what is shown, drawn anew so many times as sharp. */
  async shot(sharp: number): Promise<Shot> {
    const before = this.#map.getPixelRatio();
    this.#map.setPixelRatio(sharp);
    try {
      await new Promise<void>((done) => this.#whenIdle(done));
      const picture = await this.#copied();
      const { clientWidth: width, clientHeight: height } = this.#map.getCanvas();
      const shrink = Math.cos((this.#map.getCenter().lat * Math.PI) / 180);
      const metresPerPixel = (ROUND_THE_EARTH * shrink) / (WORLD * 2 ** this.#map.getZoom());
      return { picture, width, height, sharp, metresPerPixel };
    } finally {
      this.#map.setPixelRatio(before);
    }
  }

  /** Copy what is drawn in the moment it is drawn: afterwards the browser may forget it. */
  #copied(): Promise<HTMLCanvasElement> {
    return new Promise((resolve) => {
      this.#map.once('render', () => {
        const [drawn, copy] = [this.#map.getCanvas(), document.createElement('canvas')];
        [copy.width, copy.height] = [drawn.width, drawn.height];
        copy.getContext('2d')?.drawImage(drawn, 0, 0);
        resolve(copy);
      });
      this.#map.triggerRepaint();
    });
  }

  /** Show the whole area. */
  showAll(): void {
    const where = start(this.#state);
    if (where) this.#map.fitBounds(where.bounds, where.fitBoundsOptions);
  }

  /** Keep another map at the same place as this one, whichever is moved; return what parts them. */
  moveWith(other: MapOnPage): () => void {
    let following = false;
    const follow = (one: MapOnPage, its: MapOnPage) => () => {
      if (following) return;
      following = true;
      its.#map.jumpTo(one.#look());
      following = false;
    };
    const [there, here] = [follow(this, other), follow(other, this)];
    this.#map.on('move', there);
    other.#map.on('move', here);
    return () => {
      this.#map.off('move', there);
      other.#map.off('move', here);
    };
  }

  #look(): { center: Position; zoom: number } {
    const { lng, lat } = this.#map.getCenter();
    return { center: [lng, lat], zoom: this.#map.getZoom() };
  }

  close(): void {
    this.#hand.close();
    this.#map.remove();
  }

  #open(): void {
    addImages(this.#map);
    addLayers(this.#map);
    this.#layers = true;
    draw(this.#map, this.#state, this.#say);
  }
}

interface Start {
  bounds: [number, number, number, number];
  fitBoundsOptions: { padding: number; maxZoom: number };
}

/** Return what the map shows at first: all sites, else the area of the background. */
export function start(state: Pick<State, 'sites' | 'basemap'>): Start | null {
  const places = (state.sites ?? []).flatMap((site) =>
    site.geometry === null ? [] : [site.geometry.coordinates],
  );
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  const around: Start['bounds'] | undefined = places.length
    ? [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
    : state.basemap?.bounds;
  return around ? { bounds: around, fitBoundsOptions: { padding: 60, maxZoom: 15 } } : null;
}
