#!/usr/bin/env -S node --max-semi-space-size=4
// V8 lets the space for new objects grow to 64 MB twice over, which a poll of many feeds fills without being any faster.
// Plain enough for an old Node to read: it must be able to say that it is too old.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(`kakehashi: expected Node 24 or newer, got ${process.versions.node}`)
  process.exitCode = 78
} else {
  import('./main.ts').catch(error => {
    console.error(error)
    process.exitCode = 1
  })
}
