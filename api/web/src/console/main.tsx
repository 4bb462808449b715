// Starts the console in the place that the server's page has for it.
import '@fontsource-variable/noto-sans-sc/index.css';
import './console.css';
import './day/day.css';
import './map/map.css';
import './plan/plan.css';
import './roster/roster.css';

import { render } from 'preact';

import { Client } from '../service/client.ts';
import { App } from './App.tsx';

const place = document.getElementById('console-app');
if (place === null) throw new Error('the page has no place for the console');
const { language, csrf, may, zone, now, meals } = place.dataset;
const ahead = Date.parse(now ?? '') - Date.now(); // how far the service's clock is ahead of ours
place.replaceChildren();
render(
  <App
    client={new Client(undefined, csrf)}
    language={language === 'en' ? 'en' : 'zh'}
    zone={zone ?? 'Asia/Shanghai'}
    clock={() => Date.now() + (Number.isNaN(ahead) ? 0 : ahead)}
    may={new Set((may ?? '').split(' '))}
    meals={(meals ?? '').split(' ').filter((meal) => meal === 'lunch' || meal === 'dinner')}
  />,
  place,
);
