// What a map of the console is given: shapes, how they are drawn, and who is told what is done on it.
import type { LayerSpecification } from 'maplibre-gl';

import type { Position } from '../../service/types.ts';

export type Box = readonly [west: number, south: number, east: number, north: number];

/** Something drawn that was clicked or dragged. */
export interface Touched {
  layer: string;
  properties: Readonly<Record<string, unknown>>;
}

/** A layer that draws one of the shapes: its `source` is the name of a collection. */
export type DrawnLayer = LayerSpecification & { source: string };

export interface Deeds {
  /** A place was clicked, or taken with the button for the middle of the map. */
  onPlace?: ((place: Position, touched: Touched | null) => void) | undefined;
  /** Something of the layer `movable` was dragged; `last`: it was let go. */
  onMoved?: ((place: Position, touched: Touched, last: boolean) => void) | undefined;
}

export interface Drawn extends Deeds {
  /** Collections by name; drawn anew where one is another object than before. */
  shapes: Readonly<Record<string, GeoJSON.FeatureCollection>>;
  /** From the lowest to the highest; stay the same as long as the map is open. */
  layers: readonly DrawnLayer[];
  /** What is shown; the map goes there whenever this is another object. null: all of the background. */
  around: Box | null;
  /** Layers that can be clicked. */
  touchable?: readonly string[] | undefined;
  /** The layer that can be dragged. */
  movable?: string | undefined;
  /** A place is being chosen: a cross shows the middle, and a button takes it, for those without a mouse. */
  choosing?: boolean | undefined;
}

/** Return the box around places; null where there are none. */
export function boxAround(places: readonly Position[]): Box | null {
  if (places.length === 0) return null;
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** Return features as a collection. */
export function collected(features: readonly GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: [...features] };
}
