/** The one stylesheet of the public pages: the path below the site it is served under, and the file that holds it. */
export const STYLESHEET = { path: 'style.css', file: new URL('./style.css', import.meta.url) } as const
