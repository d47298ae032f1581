#!/usr/bin/env node
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
