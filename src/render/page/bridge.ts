import { html } from './html.ts'

/**
 * The mark of the site: a drum bridge (太鼓橋), railing above deck. Drawn with presentation attributes,
 * since the pages' Content-Security-Policy allows no inline style.
 */
export const BRIDGE = html`<svg class="bridge" viewBox="0 0 64 28" width="64" height="28" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true" focusable="false"><path d="M2 25C16 11 48 11 62 25"/><path d="M2 19C16 5 48 5 62 19"/><path stroke-width="1.5" d="M5.7 21.9v-6M11.7 18.5v-6M18.5 16.2v-6M25.1 14.9v-6M32 14.5v-6M38.9 14.9v-6M45.5 16.2v-6M52.3 18.5v-6M58.3 21.9v-6"/></svg>`

/** The same mark as a `data:` icon, the only image source the pages need; it keeps browsers from asking for `/favicon.ico`. */
export const BRIDGE_ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke="#b5402a" stroke-width="3" stroke-linecap="round"><path d="M3 25C10 14 22 14 29 25M3 17C10 6 22 6 29 17M9 19v-7M16 16V9M23 19v-7"/></g></svg>',
)}`
