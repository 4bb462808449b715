// Starts the map page in the place that the server's page has for it.
import '@fontsource-variable/noto-sans-sc/index.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import './page.css';
import './planning.css';

import { render } from 'preact';

import { App } from './App.tsx';
import { Client } from './service/client.ts';

const place = document.getElementById('map-app');
if (place === null) throw new Error('the page has no place for the map');
const { language, first, csrf, may } = place.dataset;
place.replaceChildren();
render(
  <App
    client={new Client(undefined, csrf)}
    language={language === 'en' ? 'en' : 'zh'}
    first={first ?? ''}
    may={new Set((may ?? '').split(' '))}
  />,
  place,
);
