// Writes config/schema.json from the definitions the program itself reads; a test fails where it is not current.
import { writeFileSync } from 'node:fs'
import { configJsonSchema } from '../../src/config/schema.ts'

writeFileSync(new URL('../../config/schema.json', import.meta.url), configJsonSchema())
