import { describe, expect, test } from 'vitest'
import { connect, defineGraph, k } from '../../../src/index.js'
import { testStore } from '../../helpers/sqlite.js'
import { type Loose, rowsOf } from './database.js'

const id = k.id.integer()

describe('an existing database with foreign keys of its own, checked at once', () => {
  const graph = defineGraph({
    album: k.model({ id: id.column('AlbumId'), title: k.string().column('Title') }, { table: 'Album' }),
    track: k.model(
      {
        id: id.column('TrackId'),
        album: k.one('album', { inverse: 'tracks', onDelete: 'strong' }).column('AlbumId'),
        cover: k.one('track', { onDelete: 'strong' }).optional().column('CoverOf'),
      },
      { table: 'Track' },
    ),
    note: k.model({ id, track: k.one('track').optional().column('TrackId') }, { table: 'Note' }),
    list: k.model(
      {
        id,
        tracks: k.many('track', {
          inverse: 'lists',
          table: 'ListTrack',
          columns: { holder: 'ListId', target: 'TrackId' },
        }),
      },
      { table: 'List' },
    ),
  })

  const tables = `
    create table Album (AlbumId integer primary key, Title text not null);
    create table Track (TrackId integer primary key, AlbumId integer not null references Album (AlbumId),
      CoverOf integer references Track (TrackId));
    create table Note (id integer primary key, TrackId integer references Track (TrackId));
    create table List (id integer primary key);
    create table ListTrack (ListId integer not null references List (id), TrackId integer not null references Track (TrackId),
      primary key (ListId, TrackId));
    insert into Album values (1, 'A'), (2, 'B');
    insert into Track values (1, 1, null), (2, 1, 1), (3, 2, 2), (4, 2, null);
    insert into Note values (1, 3), (2, 4);
    insert into List values (1);
    insert into ListTrack values (1, 1), (1, 3), (1, 4);
  `

  test('R29: records go before those that they refer to, so nothing is in the way', async () => {
    const db = await connect(graph, testStore())
    await db.transaction((tx: Loose) => tx.native.exec(tables))
    expect(await db.album.delete(1)).toMatchObject({ deleted: { album: 1, track: 3 }, unlinked: 3 })
    expect(await rowsOf(db, 'Track')).toMatchObject([{ TrackId: 4 }])
    expect(await rowsOf(db, 'Note')).toMatchObject([{ TrackId: null }, { TrackId: 4 }])
    expect(await rowsOf(db, 'ListTrack')).toMatchObject([{ TrackId: 4 }])
    await db.list.delete(1)
    expect(await rowsOf(db, 'ListTrack')).toEqual([])
  })

  test('circles go, too', async () => {
    const db = await connect(graph, testStore())
    await db.transaction((tx: Loose) =>
      tx.native.exec(`${tables} update Track set CoverOf = 3 where TrackId = 1`),
    )
    expect(await db.track.delete(2)).toMatchObject({ deleted: { track: 3 } })
    expect(await db.track.find()).toMatchObject([{ id: 4 }])
  })
})
