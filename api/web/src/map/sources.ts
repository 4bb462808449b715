// Sources of shapes on the map, given new data only when what they are made from changed.
import type { GeoJSONSource, Map as MapView } from 'maplibre-gl';

const underWay = new WeakMap<MapView, Set<string>>();
const madeFrom = new WeakMap<MapView, Map<string, readonly unknown[]>>();

/**
 * Give a source the shapes that `make` makes, unless it was made from the same parts before.
 * Return whether it was given any.
 */
export function put(
  map: MapView,
  id: string,
  parts: readonly unknown[],
  make: () => GeoJSON.FeatureCollection,
): boolean {
  const made = madeFrom.get(map) ?? new Map<string, readonly unknown[]>();
  madeFrom.set(map, made);
  const before = made.get(id);
  if (before?.every((part, place) => part === parts[place])) return false;
  made.set(id, parts);
  expect(map, id);
  void (map.getSource(id) as GeoJSONSource).setData(make());
  return true;
}

/** Return whether all that sources were given can be drawn with the next frame. */
export function areReady(map: MapView): boolean {
  return (underWay.get(map)?.size ?? 0) === 0;
}

/** Remember that a source was given shapes, until its tiles in sight are made of them. */
function expect(map: MapView, id: string): void {
  let ids = underWay.get(map);
  if (ids === undefined) {
    const waiting = new Set<string>();
    underWay.set(map, (ids = waiting));
    map.on('sourcedata', ({ sourceId, sourceDataType, isSourceLoaded }) => {
      // Between its data and its tiles a source seems to be loaded for a moment.
      if (!isSourceLoaded || sourceDataType === 'metadata' || !waiting.delete(sourceId)) return;
      if (waiting.size === 0) map.triggerRepaint();
    });
  }
  ids.add(id);
}

/** Return features as a collection, those without a place left out. */
export function collection(
  features: { type: 'Feature'; geometry: GeoJSON.Geometry | null; properties: object }[],
): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: features.filter((one) => one.geometry !== null) as GeoJSON.Feature[],
  };
}
