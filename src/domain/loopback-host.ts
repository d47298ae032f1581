/** Whether a host, as it stands in an address or in the config, is this machine and reachable from nowhere else. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
