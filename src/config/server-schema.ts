import { isIP } from 'node:net'
import { z } from 'zod'
import { count, group, text } from './value-schemas.ts'

const NETWORK = 'an IP address or a network such as "127.0.0.1" or "10.0.0.0/8"'

/** The keys under `server`. */
export const server = group({
  host: text('a host name or IP address').prefault('127.0.0.1').meta({ description: 'Address to listen on; `0.0.0.0` or `::` for all.' }),
  port: count(0, 65_535).prefault(8080).meta({ description: 'TCP port; 0 picks a free one.' }),
  trusted_proxies: z
    .array(z.string({ error: NETWORK }).refine(isNetwork, { error: NETWORK }), { error: 'a list of IP addresses and networks' })
    .prefault([])
    .meta({ description: 'Proxies in front of the server, whose `X-Forwarded-For`, `-Proto` and `-Host` are believed.' }),
  tls: group({
    cert: text('a path').meta({ description: 'PEM file with the certificate and its chain.' }),
    key: text('a path').meta({ description: 'PEM file with its private key.' }),
  })
    .optional()
    .meta({ description: 'Speaks HTTPS in place of HTTP.' }),
  operator: group({
    user: text('a name without a colon')
      .regex(/^[^:]+$/, { error: 'a name without a colon' })
      .meta({ description: 'Name of the operator.' }),
    password: text('a password').meta({ description: 'Password; `${NAME}` in it is filled from the environment.' }),
  })
    .optional()
    .meta({ description: 'Login (HTTP Basic) for `operator/incidents.atom`.' }),
})

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
}
