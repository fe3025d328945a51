import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs'

/** File format versions in the header of a database file; 2 is WAL mode. */
const VERSIONS = 18
const WAL = 2

/** A file in WAL mode that nobody has open: the log beside it is gone. False for a file that cannot be read. */
export function restsInWal(file: string): boolean {
  if (!existsSync(file)) return false
  return headerSaysWal(file) && !existsSync(`${realpathSync(file)}-wal`)
}

function headerSaysWal(file: string): boolean {
  const header = Buffer.alloc(VERSIONS + 2)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, header, 0, header.length, 0)
  } finally {
    closeSync(handle)
  }
  return header[VERSIONS] === WAL
}
