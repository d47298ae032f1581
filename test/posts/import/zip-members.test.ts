import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { unpacked, zipMembers } from '../../../src/posts/import/zip-members.ts'

const DIRECTORY_ENTRY = Buffer.from('PK\u0001\u0002', 'latin1')

/** Changes what the directory of a zip claims of each of its files. */
function claiming(zip: Uint8Array, sizes: { readonly packed?: number; readonly unpacked: number }): Uint8Array {
  const bytes = Buffer.from(zip)
  for (let at = bytes.indexOf(DIRECTORY_ENTRY); at >= 0; at = bytes.indexOf(DIRECTORY_ENTRY, at + 1)) {
    if (sizes.packed !== undefined) bytes.writeUInt32LE(sizes.packed, at + 20)
    bytes.writeUInt32LE(sizes.unpacked, at + 24)
  }
  return bytes
}

const TEXT = strToU8('訳文'.repeat(1_000))

describe('zipMembers', () => {
  it('lists feeds of a Takeout alone where there are any, without what a Mac adds', () => {
    const files = ['Takeout/Blogger/Blogs/翻訳帖/feed.atom', '__MACOSX/Takeout/Blogger/Blogs/翻訳帖/feed.atom', 'x.xml', '.hidden.xml']
    const members = zipMembers(zipSync(Object.fromEntries(files.map(name => [name, TEXT]))), 'a.zip')
    expect(members).toMatchObject([{ name: files[0], blog: '翻訳帖', size: TEXT.length, isTakeout: true }])
  })

  it('stops at a directory that claims billions of files', () => {
    const zip64 = Buffer.alloc(56 + 20 + 22)
    zip64.writeUInt32LE(0x06064b50, 0)
    zip64.writeUInt32LE(0xffffffff, 32)
    zip64.writeUInt32LE(0x07064b50, 56)
    zip64.writeUInt32LE(0x06054b50, 76)
    zip64.writeUInt16LE(0xffff, 84)
    zip64.writeUInt32LE(0xffffffff, 92)
    expect(() => zipMembers(zip64, 'a.zip')).toThrow(/at most 200000 files|broken/)
  })
})

describe('unpacked', () => {
  it('gives the bytes of members in order', () => {
    const zip = zipSync({ 'b.xml': TEXT, 'a.xml': strToU8('一') })
    expect(unpacked(zip, zipMembers(zip, 'a.zip'), 'a.zip').map(({ length }) => length)).toEqual([3, TEXT.length])
  })

  it('refuses members that claim more than a gigabyte together, before it unpacks any', () => {
    const zip = claiming(zipSync({ 'a.xml': TEXT, 'b.xml': TEXT }), { unpacked: 600_000_000 })
    expect(() => unpacked(zip, zipMembers(zip, 'a.zip'), 'a.zip')).toThrow('at most 1 GB')
  })

  it('refuses a member that claims more than its bytes can hold', () => {
    const zip = claiming(zipSync({ 'a.xml': TEXT }), { unpacked: 900_000_000 })
    expect(() => unpacked(zip, zipMembers(zip, 'a.zip'), 'a.zip')).toThrow('claims to be larger')
  })

  it('gives a bomb no more room than it claims', () => {
    const zip = claiming(zipSync({ 'a.xml': new Uint8Array(5_000_000) }), { unpacked: 1_000 })
    expect(unpacked(zip, zipMembers(zip, 'a.zip'), 'a.zip')[0]).toHaveLength(1_000)
  })
})
