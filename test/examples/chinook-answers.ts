/** The questions of examples/chinook in plain SQL: the same columns in the same order. */
export const answersInSql = {
  'Which albums did AC/DC make, and how long do their tracks last?': `
    select Album.Title as title, count(*) as tracks, sum(Track.Milliseconds) as milliseconds
    from Artist join Album using (ArtistId) join Track using (AlbumId)
    where Artist.Name = 'AC/DC' group by AlbumId order by AlbumId`,

  'What is on the playlist Grunge?': `
    select Track.Name as name, Artist.Name as artist, printf('%.2f', Track.UnitPrice) as price
    from Playlist join PlaylistTrack using (PlaylistId) join Track using (TrackId)
      left join Album using (AlbumId) left join Artist using (ArtistId)
    where Playlist.Name = 'Grunge' order by Track.Name, TrackId`,

  'On which playlists is "Come As You Are", and how long are they?': `
    select PlaylistId as id, Playlist.Name as name,
      (select count(*) from PlaylistTrack other where other.PlaylistId = Playlist.PlaylistId) as tracks
    from Track join PlaylistTrack using (TrackId) join Playlist using (PlaylistId)
    where TrackId = (select min(TrackId) from Track where Name = 'Come As You Are') order by PlaylistId`,

  'Who works for whom?': `
    select me.LastName as name, cast(substr(me.HireDate, 1, 4) as integer) as hired, boss.LastName as boss,
      coalesce((select group_concat(LastName, ', ') from
        (select LastName from Employee where ReportsTo = me.EmployeeId order by LastName)), '') as reports,
      (select count(*) from Customer where SupportRepId = me.EmployeeId) as customers
    from Employee me left join Employee boss on boss.EmployeeId = me.ReportsTo
    order by me.HireDate, me.EmployeeId`,

  'Who looks after the customers in Canada, and who after them?': `
    select Customer.LastName as customer, rep.LastName as rep, boss.LastName as boss
    from Customer left join Employee rep on rep.EmployeeId = SupportRepId
      left join Employee boss on boss.EmployeeId = rep.ReportsTo
    where Customer.Country = 'Canada' order by rep.LastName, Customer.LastName, CustomerId`,

  'What were the last two invoices of each customer in Germany?': `
    select LastName as customer, substr(InvoiceDate, 1, 10) as date, printf('%.2f', Total) as total,
      (select count(*) from InvoiceLine where InvoiceLine.InvoiceId = ranked.InvoiceId) as lines
    from (select *, row_number() over
        (partition by CustomerId order by InvoiceDate desc, InvoiceId) as place from Invoice) ranked
      join Customer using (CustomerId)
    where Country = 'Germany' and place <= 2 order by CustomerId, place`,

  'Who bought Jazz?': `
    select distinct Country as country, LastName as customer
    from Customer join Invoice using (CustomerId) join InvoiceLine using (InvoiceId)
      join Track using (TrackId) join Genre using (GenreId)
    where Genre.Name = 'Jazz' order by Country, LastName`,

  'Which dear tracks has nobody bought?': `
    select Album.Title as album, Track.Name as track, printf('%.2f', Track.UnitPrice) as price
    from Track left join Album using (AlbumId) left join InvoiceLine using (TrackId)
    where Track.UnitPrice > 0.99 and InvoiceLineId is null order by Album.Title, Track.Name, TrackId`,

  'Which genres have the most tracks?': `
    select Genre.Name as genre, count(TrackId) as tracks
    from Genre left join Track using (GenreId) group by GenreId order by count(TrackId) desc, GenreId limit 5`,

  'Which playlists are Classical through and through?': `
    select Playlist.Name as playlist, count(*) as tracks
    from Playlist join PlaylistTrack using (PlaylistId) join Track using (TrackId) left join Genre using (GenreId)
    group by PlaylistId having sum(coalesce(Genre.Name, '') <> 'Classical') = 0 order by PlaylistId`,
}
