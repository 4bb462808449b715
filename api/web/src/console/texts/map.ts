// Texts of the map in any view of the console.
export const MAP_TEXTS = {
  zoom_in: ['放大', 'Zoom in'],
  zoom_out: ['缩小', 'Zoom out'],
  map_no_webgl: ['此浏览器无法显示地图；其余内容都可以使用。', 'This browser cannot draw the map; everything else works.'],
  map_not_loaded: ['地图没有载入：连接中断。', 'The map was not loaded: the connection broke.'],
  map_take_middle: ['取地图中心的位置', 'Take the place in the middle of the map'],
  map_by_keys: ['在地图上点击；或用方向键移动地图、用 + 和 − 缩放，再按此按钮。', 'Click on the map; or move it with the arrow keys, zoom with + and −, and press this button.'],
  try_again: ['重试', 'Try again'],
} as const;
