/** A database whose models are known at run time only. */
export type LooseDb = Readonly<Record<string, LooseRepository>> & {
  sync(options: object): Promise<unknown>
  close(): Promise<void>
}

interface LooseRepository {
  count(): Promise<number>
  find(query: object): Promise<object[]>
}

interface Read {
  readonly model: string
  readonly query: object
  /** one column, `record`: the same as JSON */
  readonly sql: string
}

/** Ten nested reads of what is pulled from Chinook, and the same in plain SQL. */
export const chinookReads: Readonly<Record<string, Read>> = {
  'artists with albums and tracks': {
    model: 'artist',
    query: {
      where: { name: { $like: 'A%' } },
      populate: { albums: { select: ['id', 'title'], populate: { tracks: { select: ['id', 'name'] } } } },
    },
    sql: `select json_object('id', ArtistId, 'name', Name, 'albums', json((select json_group_array(json_object(
        'id', AlbumId, 'title', Title, 'tracks', json((select json_group_array(json_object('id', TrackId, 'name', Name))
          from (select * from Track where Track.AlbumId = a.AlbumId order by TrackId)))))
        from (select * from Album where Album.ArtistId = Artist.ArtistId order by AlbumId) a))) as record
      from Artist where Name glob 'A*' order by ArtistId`,
  },
  'the tracks of a playlist, with album and artist': {
    model: 'playlist',
    query: {
      where: { name: 'Grunge' },
      populate: {
        tracks: {
          select: ['id', 'name'],
          orderBy: { name: 'asc' },
          populate: { album: { select: ['id', 'title'], populate: { artist: true } } },
        },
      },
    },
    sql: `select json_object('id', PlaylistId, 'name', Name, 'tracks', json((select json_group_array(json_object(
        'id', TrackId, 'name', Name, 'album', json_object('id', AlbumId, 'title', Title, 'artist',
          json_object('id', ArtistId, 'name', artistName))))
        from (select t.*, Title, ArtistId, r.Name as artistName from PlaylistTrack join Track t using (TrackId)
          join Album using (AlbumId) join Artist r using (ArtistId)
          where PlaylistTrack.PlaylistId = p.PlaylistId order by t.Name, TrackId)))) as record
      from Playlist p where Name = 'Grunge' order by PlaylistId`,
  },
  'the playlists of tracks': {
    model: 'track',
    query: { where: { id: { $lt: 20 } }, select: ['id', 'name'], populate: { playlists: true } },
    sql: `select json_object('id', TrackId, 'name', Name, 'playlists', json((select json_group_array(json_object(
        'id', PlaylistId, 'name', Name)) from (select Playlist.* from PlaylistTrack join Playlist using (PlaylistId)
        where PlaylistTrack.TrackId = t.TrackId order by PlaylistId)))) as record
      from Track t where TrackId < 20 order by TrackId`,
  },
  'the employee tree, downwards': {
    model: 'employee',
    query: {
      where: { reportsTo: null },
      select: ['id', 'lastName'],
      populate: {
        reports: { select: ['id', 'lastName'], populate: { reports: { select: ['id', 'lastName'] } } },
      },
    },
    sql: `select json_object('id', EmployeeId, 'lastName', LastName, 'reports', json((select json_group_array(
        json_object('id', EmployeeId, 'lastName', LastName, 'reports', json((select json_group_array(
          json_object('id', EmployeeId, 'lastName', LastName))
          from (select * from Employee c where c.ReportsTo = b.EmployeeId order by EmployeeId)))))
        from (select * from Employee b where b.ReportsTo = a.EmployeeId order by EmployeeId) b))) as record
      from Employee a where ReportsTo is null order by EmployeeId`,
  },
  'the employee tree, upwards': {
    model: 'employee',
    query: {
      select: ['id', 'lastName', 'hireDate'],
      populate: {
        reportsTo: { select: ['id', 'lastName'], populate: { reportsTo: { select: ['id', 'lastName'] } } },
      },
    },
    sql: `select json_object('id', a.EmployeeId, 'lastName', a.LastName,
        'hireDate', replace(a.HireDate, ' ', 'T') || '.000Z',
        'reportsTo', iif(b.EmployeeId is null, json('null'), json_object('id', b.EmployeeId, 'lastName', b.LastName,
          'reportsTo', iif(c.EmployeeId is null, json('null'),
            json_object('id', c.EmployeeId, 'lastName', c.LastName))))) as record
      from Employee a left join Employee b on b.EmployeeId = a.ReportsTo
        left join Employee c on c.EmployeeId = b.ReportsTo order by a.EmployeeId`,
  },
  'the last two invoices of customers, with their lines': {
    model: 'customer',
    query: {
      where: { country: 'Germany' },
      select: ['id', 'email'],
      populate: {
        invoices: {
          select: ['id', 'total'],
          orderBy: { invoiceDate: 'desc' },
          limit: 2,
          populate: { lines: { select: ['id', 'quantity', 'unitPrice'] } },
        },
      },
    },
    sql: `select json_object('id', CustomerId, 'email', Email, 'invoices', json((select json_group_array(json_object(
        'id', InvoiceId, 'total', printf('%.2f', Total), 'lines', json((select json_group_array(json_object(
          'id', InvoiceLineId, 'quantity', Quantity, 'unitPrice', printf('%.2f', UnitPrice)))
          from (select * from InvoiceLine where InvoiceLine.InvoiceId = i.InvoiceId order by InvoiceLineId)))))
        from (select * from Invoice where Invoice.CustomerId = c.CustomerId
          order by InvoiceDate desc, InvoiceId limit 2) i))) as record
      from Customer c where Country = 'Germany' order by CustomerId`,
  },
  'customers of each employee, counted and listed': {
    model: 'employee',
    query: {
      where: { customers: { $some: {} } },
      select: ['id', 'lastName'],
      populate: { customers: { select: ['id', 'lastName'], where: { country: 'Canada' } } },
      count: { customers: true },
    },
    sql: `select json_object('id', EmployeeId, 'lastName', LastName, 'customers', json((select json_group_array(
        json_object('id', CustomerId, 'lastName', LastName)) from (select * from Customer
          where SupportRepId = e.EmployeeId and Country = 'Canada' order by CustomerId))),
        '$count', json_object('customers', (select count(*) from Customer where SupportRepId = e.EmployeeId))) as record
      from Employee e where exists (select 1 from Customer where SupportRepId = e.EmployeeId) order by EmployeeId`,
  },
  'who bought jazz': {
    model: 'customer',
    query: {
      where: { invoices: { $some: { lines: { $some: { track: { genre: { name: 'Jazz' } } } } } } },
      select: ['id', 'lastName'],
      populate: { supportRep: { select: ['id', 'lastName'] } },
      orderBy: { lastName: 'asc' },
    },
    sql: `select json_object('id', CustomerId, 'lastName', c.LastName, 'supportRep',
        json_object('id', EmployeeId, 'lastName', e.LastName)) as record
      from Customer c join Employee e on e.EmployeeId = SupportRepId where CustomerId in (
        select CustomerId from Invoice join InvoiceLine using (InvoiceId) join Track using (TrackId)
        join Genre using (GenreId) where Genre.Name = 'Jazz') order by c.LastName, CustomerId`,
  },
  'genres with their three longest tracks': {
    model: 'genre',
    query: {
      populate: {
        tracks: {
          select: ['id', 'milliseconds'],
          orderBy: { milliseconds: 'desc' },
          limit: 3,
          populate: { mediaType: true },
        },
      },
    },
    sql: `select json_object('id', GenreId, 'name', Name, 'tracks', json((select json_group_array(json_object(
        'id', TrackId, 'milliseconds', Milliseconds, 'mediaType', json_object('id', MediaTypeId, 'name', mediaName)))
        from (select Track.*, m.Name as mediaName from Track join MediaType m using (MediaTypeId)
          where Track.GenreId = g.GenreId order by Milliseconds desc, TrackId limit 3)))) as record
      from Genre g order by GenreId`,
  },
  'dear tracks that nobody bought': {
    model: 'track',
    query: {
      where: { unitPrice: { $gt: '0.99' }, invoiceLines: { $none: {} } },
      select: ['id', 'name', 'unitPrice'],
      populate: { album: { select: ['id', 'title'] } },
      orderBy: [{ album: { title: 'asc' } }, { name: 'asc' }],
    },
    sql: `select json_object('id', TrackId, 'name', t.Name, 'unitPrice', printf('%.2f', UnitPrice),
        'album', json_object('id', AlbumId, 'title', Title)) as record
      from Track t join Album using (AlbumId) where UnitPrice > 0.99
        and not exists (select 1 from InvoiceLine where InvoiceLine.TrackId = t.TrackId)
      order by Title, t.Name, TrackId`,
  },
}
