/** How long to wait after so many failures in a row, at least one: twice as long with each, ms. */
export function backOffMs(failures: number, { firstMs, mostMs }: { readonly firstMs: number; readonly mostMs: number }): number {
  // Beyond this the longest wait has long been reached, and the power goes on to infinity.
  return Math.min(firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30), mostMs)
}
