import { codecs, defineGraph, k } from 'kinship'

// The tables of an existing database, under names of our own: `table` and `.column()` say what they are called there.

const artist = k.model(
  { id: k.id.integer().column('ArtistId'), name: k.string().optional().column('Name') },
  { table: 'Artist' },
)

const album = k.model(
  {
    id: k.id.integer().column('AlbumId'),
    title: k.string().column('Title'),
    artist: k.one('artist', { inverse: 'albums' }).column('ArtistId'),
  },
  { table: 'Album' },
)

const genre = k.model(
  { id: k.id.integer().column('GenreId'), name: k.string().optional().column('Name') },
  { table: 'Genre' },
)

const mediaType = k.model(
  { id: k.id.integer().column('MediaTypeId'), name: k.string().optional().column('Name') },
  { table: 'MediaType' },
)

const track = k.model(
  {
    id: k.id.integer().column('TrackId'),
    name: k.string().column('Name'),
    album: k.one('album', { inverse: 'tracks' }).optional().column('AlbumId'),
    mediaType: k.one('mediaType', { inverse: 'tracks' }).column('MediaTypeId'),
    genre: k.one('genre', { inverse: 'tracks' }).optional().column('GenreId'),
    composer: k.string().optional().column('Composer'),
    milliseconds: k.integer().column('Milliseconds'),
    bytes: k.integer().optional().column('Bytes'),
    unitPrice: k.decimal(10, 2).column('UnitPrice', codecs.numeric(2)),
  },
  { table: 'Track' },
)

const playlist = k.model(
  {
    id: k.id.integer().column('PlaylistId'),
    name: k.string().optional().column('Name'),
    tracks: k.many('track', {
      inverse: 'playlists',
      table: 'PlaylistTrack',
      columns: { holder: 'PlaylistId', target: 'TrackId' },
    }),
  },
  { table: 'Playlist' },
)

const address = {
  address: k.string().optional().column('Address'),
  city: k.string().optional().column('City'),
  state: k.string().optional().column('State'),
  country: k.string().optional().column('Country'),
  postalCode: k.string().optional().column('PostalCode'),
  phone: k.string().optional().column('Phone'),
  fax: k.string().optional().column('Fax'),
}

const employee = k.model(
  {
    id: k.id.integer().column('EmployeeId'),
    lastName: k.string().column('LastName'),
    firstName: k.string().column('FirstName'),
    title: k.string().optional().column('Title'),
    reportsTo: k.one('employee', { inverse: 'reports' }).optional().column('ReportsTo'),
    birthDate: k.date().optional().column('BirthDate', codecs.sqlDateTime),
    hireDate: k.date().optional().column('HireDate', codecs.sqlDateTime),
    ...address,
    email: k.string().optional().column('Email'),
  },
  { table: 'Employee' },
)

const customer = k.model(
  {
    id: k.id.integer().column('CustomerId'),
    firstName: k.string().column('FirstName'),
    lastName: k.string().column('LastName'),
    company: k.string().optional().column('Company'),
    ...address,
    email: k.string().column('Email'),
    supportRep: k.one('employee', { inverse: 'customers' }).optional().column('SupportRepId'),
  },
  { table: 'Customer' },
)

const invoice = k.model(
  {
    id: k.id.integer().column('InvoiceId'),
    customer: k.one('customer', { inverse: 'invoices' }).column('CustomerId'),
    date: k.date().column('InvoiceDate', codecs.sqlDateTime),
    billingAddress: k.string().optional().column('BillingAddress'),
    billingCity: k.string().optional().column('BillingCity'),
    billingState: k.string().optional().column('BillingState'),
    billingCountry: k.string().optional().column('BillingCountry'),
    billingPostalCode: k.string().optional().column('BillingPostalCode'),
    total: k.decimal(10, 2).column('Total', codecs.numeric(2)),
  },
  { table: 'Invoice' },
)

const invoiceLine = k.model(
  {
    id: k.id.integer().column('InvoiceLineId'),
    invoice: k.one('invoice', { inverse: 'lines' }).column('InvoiceId'),
    track: k.one('track', { inverse: 'sales' }).column('TrackId'),
    unitPrice: k.decimal(10, 2).column('UnitPrice', codecs.numeric(2)),
    quantity: k.integer().column('Quantity'),
  },
  { table: 'InvoiceLine' },
)

export const graph = defineGraph({
  artist,
  album,
  genre,
  mediaType,
  track,
  playlist,
  employee,
  customer,
  invoice,
  invoiceLine,
})
