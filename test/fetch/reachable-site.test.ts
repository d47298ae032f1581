import { describe, expect, it } from 'vitest'
import { isReachableSite } from '../../src/fetch/reachable-site.ts'

const cases: readonly [address: string, expected: boolean][] = [
  ['https://feeds.example.jp/', true],
  ['http://feeds.example.jp:8080/kakehashi/', true],
  ['https://feeds.example.jp./', true],
  ['https://架け橋.jp/', true],
  ['http://8.8.8.8/', true],
  ['http://[2606:4700::1111]/', true],
  ['http://localhost:8080/', false],
  ['http://feeds.localhost/', false],
  ['http://127.0.0.1:8080/', false],
  ['http://0x7f.1/', false],
  ['http://[::1]/', false],
  ['http://10.1.2.3/', false],
  ['http://192.168.0.2/', false],
  ['http://169.254.1.1/', false],
  ['http://100.64.0.1/', false],
  ['http://[fd00::1]/', false],
  ['http://0.0.0.0/', false],
  ['http://nas/', false],
  ['http://nas.local/', false],
  ['http://feeds.home.arpa/', false],
  ['http://feeds.internal/', false],
  ['http://feeds.test/', false],
  ['http://feeds.example/', false],
  ['http://feeds.onion/', false],
  ['ftp://feeds.example.jp/', false],
  ['nowhere', false],
]

describe('isReachableSite', () => {
  for (const [address, expected] of cases)
    it(`${expected ? 'is so' : 'is not so'} of ${address}`, () => expect(isReachableSite(address, [])).toBe(expected))

  it('takes the operator’s word for hosts of their own network', () => {
    const allowed = ['nas.local', '127.0.0.1:8931', '[::1]', 'Feeds.Internal:443']
    const reachable = ['http://nas.local:99/', 'http://127.0.0.1:8931/', 'http://[::1]:5/', 'https://feeds.internal/']
    expect(reachable.map(address => isReachableSite(address, allowed))).toEqual([true, true, true, true])
    expect(['http://127.0.0.1:80/', 'http://x.nas.local/'].map(address => isReachableSite(address, allowed))).toEqual([false, false])
  })
})
