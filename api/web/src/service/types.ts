// What the service sends, as docs of the API (/docs) describe it.

export type Position = [lon: number, lat: number];

export interface Point {
  type: 'Point';
  coordinates: Position;
}

export interface Line {
  type: 'LineString';
  coordinates: Position[];
}

export type SiteKind = 'canteen' | 'meal_point';

export interface SiteProperties {
  kind: SiteKind;
  code: string;
  name: string;
  address: string | null;
  canteen: string | null;
  active: boolean;
  /** Portions; null for no limit, as new sites may have. */
  capacity: number | null;
  opens: string | null;
  closes: string | null;
}

export interface RouteProperties {
  courier: string;
  courier_name: string | null;
  canteen: string;
  mode: string;
  trip: number;
  stops: number;
  portions: number;
  departs_at: string;
  returns_at: string;
  travel_seconds: number;
}

export interface Feature<Shape, Properties> {
  type: 'Feature';
  geometry: Shape | null;
  properties: Properties;
}

export type Site = Feature<Point, SiteProperties>;
export type Route = Feature<Line, RouteProperties>;

export interface Sites {
  type: 'FeatureCollection';
  features: Site[];
}

export interface Routes {
  type: 'FeatureCollection';
  revision: number;
  features: Route[];
}

export interface Basemap {
  tiles: string;
  bounds: [west: number, south: number, east: number, north: number];
  least_zoom: number;
  most_zoom: number;
  date: string | null;
}

export type Meal = 'lunch' | 'dinner';

export interface Service {
  day: string;
  meal: Meal;
  published_revision: number | null;
}

export interface Page<Item> {
  items: Item[];
  total: number;
}

/** What is wrong with one field of what was sent: "body.address.floor". */
export interface FieldProblem {
  field: string;
  message: string;
}

export interface Problem {
  status: number;
  detail: string;
  errors?: FieldProblem[];
}
