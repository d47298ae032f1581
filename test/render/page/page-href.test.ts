import { describe, expect, it } from 'vitest'
import { pageHref, webHref } from '../../../src/render/page/page-href.ts'

describe('pageHref', () => {
  const cases: readonly [name: string, url: string, path: string, expected: string][] = [
    ['is root-relative at the root', 'https://a.example/', 'labels/nato', '/labels/nato'],
    ['includes the base path of a site under a sub-path', 'https://a.example/translations/', 'style.css', '/translations/style.css'],
    ['percent-encodes Japanese slugs', 'https://a.example/', 'labels/米', '/labels/%E7%B1%B3'],
    ['encodes what would end the path', 'https://a.example/', 'labels/a?b#c', '/labels/a%3Fb%23c'],
    ['leads home with an empty path', 'https://a.example/t/', '', '/t/'],
    ['leads to the prefix of the other language', 'https://a.example/t/', 'en/', '/t/en/'],
  ]
  for (const [name, url, path, expected] of cases) it(name, () => expect(pageHref({ url }, path)).toBe(expected))
})

describe('webHref', () => {
  const cases: readonly [name: string, url: string | undefined, expected: string | undefined][] = [
    ['takes https', 'https://a.example/x?y=1#z', 'https://a.example/x?y=1#z'],
    ['takes http', 'http://a.example/', 'http://a.example/'],
    ['refuses javascript', 'javascript:alert(1)', undefined],
    ['refuses javascript in disguise', ' \tJava\nScript:alert(1)', undefined],
    ['refuses data', 'data:text/html,<script>1</script>', undefined],
    ['refuses relative references', '/x', undefined],
    ['refuses scheme-relative references', '//evil.example/x', undefined],
    ['has nothing for nothing', undefined, undefined],
  ]
  for (const [name, url, expected] of cases) it(name, () => expect(webHref(url)).toBe(expected))
})
