// Runs a real Bluesky PDS on this machine, with its directory of accounts (PLC) in memory.
//
//   node serve.mjs FOLDER [APP_VIEW]
//
// FOLDER is empty and the PDS's own; the packages are looked for in the working directory.
// APP_VIEW is the address of what shows posts to people; without it the PDS is a bare one.
// The first line that it writes is its address. It ends when its standard input does.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'

const HOST = '127.0.0.1'
const require = createRequire(path.join(process.cwd(), 'package.json'))
const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')
const { Database, PlcServer } = require('@did-plc/server')

// Both servers listen on a port alone, which would open them to the network.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port) {
  return listen.call(this, { port, host: HOST })
}

async function freePort() {
  const server = net.createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

const [folder, appView] = process.argv.slice(2)
const [plcPort, port] = [await freePort(), await freePort()]
const secret = () => randomBytes(32).toString('hex')
const env = {
  port,
  hostname: 'localhost',
  dataDirectory: folder,
  blobstoreDiskLocation: path.join(folder, 'blobs'),
  serviceHandleDomains: ['.test'],
  didPlcUrl: `http://${HOST}:${plcPort}`,
  inviteRequired: false,
  devMode: true,
  disableSsrfProtection: true,
  crawlers: [],
  jwtSecret: secret(),
  dpopSecret: secret(),
  adminPassword: secret(),
  plcRotationKeyK256PrivateKeyHex: secret(),
  ...(appView && { bskyAppViewUrl: appView, bskyAppViewDid: 'did:web:app-view.test' }),
}

await PlcServer.create({ db: Database.mock(), port: plcPort }).start()
await (await PDS.create(envToCfg(env), envToSecrets(env))).start()
process.stdout.write(`http://${HOST}:${port}\n`)
process.stdin.on('end', () => process.exit(0)).resume()
