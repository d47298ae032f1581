/** The operator's name for an outlet (`tni`); the key of its table in `config/sources.yaml`. */
export type OutletId = string & { readonly __id: 'outlet' }

/** The operator's name for a polled feed or folder; unique over outlets' sources and post sources. */
export type SourceId = string & { readonly __id: 'source' }

/** A digest that identifies one entry of one source for as long as the source keeps its identity. */
export type EntryKey = string & { readonly __id: 'entry' }

/** The last path segment of a published feed, without extension: `/feeds/<slug>.atom`. */
export type Slug = string & { readonly __id: 'slug' }
