import type { Db } from 'kinship'
import type { graph } from './graph.js'

type Chinook = Db<typeof graph>

/** Ten questions across the associations of a music store; each answer is a list of rows. */
export const questions = {
  'Which albums did AC/DC make, and how long do their tracks last?': async (db: Chinook) => {
    const artist = await db.artist.findOne({
      where: { name: 'AC/DC' },
      populate: { albums: { populate: { tracks: { select: ['milliseconds'] } } } },
    })
    return (artist?.albums ?? []).map(({ title, tracks }) => ({
      title,
      tracks: tracks.length,
      milliseconds: tracks.reduce((sum, track) => sum + track.milliseconds, 0),
    }))
  },

  'What is on the playlist Grunge?': async (db: Chinook) => {
    const playlist = await db.playlist.findOne({
      where: { name: 'Grunge' },
      populate: {
        tracks: { orderBy: { name: 'asc' }, populate: { album: { populate: { artist: true } } } },
      },
    })
    return (playlist?.tracks ?? []).map(({ name, unitPrice, album }) => ({
      name,
      artist: album?.artist.name,
      price: unitPrice,
    }))
  },

  'On which playlists is "Come As You Are", and how long are they?': async (db: Chinook) => {
    const track = await db.track.findOne({
      where: { name: 'Come As You Are' },
      populate: { playlists: { count: { tracks: true } } },
    })
    return (track?.playlists ?? []).map(({ id, name, $count }) => ({ id, name, tracks: $count.tracks }))
  },

  'Who works for whom?': async (db: Chinook) => {
    const employees = await db.employee.find({
      orderBy: { hireDate: 'asc' },
      populate: { reportsTo: true, reports: { orderBy: { lastName: 'asc' } } },
      count: { customers: true },
    })
    return employees.map(({ lastName, hireDate, reportsTo, reports, $count }) => ({
      name: lastName,
      hired: hireDate?.getUTCFullYear(),
      boss: reportsTo?.lastName ?? null,
      reports: reports.map((report) => report.lastName).join(', '),
      customers: $count.customers,
    }))
  },

  'Who looks after the customers in Canada, and who after them?': async (db: Chinook) => {
    const customers = await db.customer.find({
      where: { country: 'Canada' },
      orderBy: { supportRep: { lastName: 'asc' }, lastName: 'asc' },
      populate: { supportRep: { populate: { reportsTo: { select: ['lastName'] } }, select: ['lastName'] } },
    })
    return customers.map(({ lastName, supportRep }) => ({
      customer: lastName,
      rep: supportRep?.lastName,
      boss: supportRep?.reportsTo?.lastName,
    }))
  },

  'What were the last two invoices of each customer in Germany?': async (db: Chinook) => {
    const customers = await db.customer.find({
      where: { country: 'Germany' },
      populate: { invoices: { orderBy: { date: 'desc' }, limit: 2, count: { lines: true } } },
    })
    return customers.flatMap(({ lastName, invoices }) =>
      invoices.map(({ date, total, $count }) => ({
        customer: lastName,
        date: date.toISOString().slice(0, 10),
        total,
        lines: $count.lines,
      })),
    )
  },

  'Who bought Jazz?': async (db: Chinook) => {
    const customers = await db.customer.find({
      where: { invoices: { $some: { lines: { $some: { track: { genre: { name: 'Jazz' } } } } } } },
      orderBy: [{ country: 'asc' }, { lastName: 'asc' }],
    })
    return customers.map(({ country, lastName }) => ({ country, customer: lastName }))
  },

  'Which dear tracks has nobody bought?': async (db: Chinook) => {
    const tracks = await db.track.find({
      where: { unitPrice: { $gt: '0.99' }, sales: { $none: {} } },
      populate: { album: { select: ['title'] } },
      orderBy: [{ album: { title: 'asc' } }, { name: 'asc' }],
    })
    return tracks.map(({ name, album, unitPrice }) => ({
      album: album?.title,
      track: name,
      price: unitPrice,
    }))
  },

  'Which genres have the most tracks?': async (db: Chinook) => {
    const genres = await db.genre.find({
      orderBy: { tracks: { $size: 'desc' } },
      count: { tracks: true },
      limit: 5,
    })
    return genres.map(({ name, $count }) => ({ genre: name, tracks: $count.tracks }))
  },

  'Which playlists are Classical through and through?': async (db: Chinook) => {
    const playlists = await db.playlist.find({
      where: { tracks: { $every: { genre: { name: 'Classical' } }, $size: { $gt: 0 } } },
      count: { tracks: true },
    })
    return playlists.map(({ name, $count }) => ({ playlist: name, tracks: $count.tracks }))
  },
}
