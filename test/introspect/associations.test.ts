import { expect, test } from 'vitest'
import { toGraph } from '../../src/introspect/to-graph.js'
import { associationsOf, fieldOf, madeWith, pulled } from './database.js'

async function associations(statements: string) {
  const graph = await pulled(madeWith(statements))
  toGraph(graph)
  return associationsOf(graph)
}

test('tables are singular, references lose their suffix, inverses are plural', async () => {
  expect(
    await associations(`
      create table People (PersonId integer primary key, name text not null);
      create table categories (id integer primary key, parent_id int references categories (id));
      create table InvoiceLine (id integer primary key, person int not null references People (PersonId),
        fk_category int references categories, CategoryID integer not null references categories (id));`),
  ).toEqual([
    'invoiceLine.person: one person, inverse invoiceLines',
    'invoiceLine.category: one category, inverse invoiceLines, restrict',
    'invoiceLine.categoryId: one category, inverse categoryInvoiceLines',
    'category.parent: one category, inverse children, restrict',
  ])
})

test('a self reference has both ends', async () => {
  expect(
    await associations(`
      create table employee (id integer primary key, reports_to integer references employee, mentor_id integer
        references employee, spouse_id integer unique references employee, parent_id integer references employee);`),
  ).toEqual([
    'employee.reportsTo: one employee, inverse reports, restrict',
    'employee.mentor: one employee, inverse mentorOf, restrict',
    'employee.spouse: one-one employee, inverse spouseOf, restrict',
    'employee.parent: one employee, inverse children, restrict',
  ])
})

test('several references to one table have distinct inverses, and none takes the name of a column', async () => {
  expect(
    await associations(`
      create table user (id integer primary key, messages integer not null);
      create table message (id integer primary key, sender_id integer not null references user,
        recipient_id integer not null references user);
      create table messages_archive (id integer primary key, user_id integer not null references user);
      create table invoice (id integer primary key, user_id integer not null references user);
      create table user_invoice (id integer primary key, user_id integer not null references user);`),
  ).toEqual([
    'invoice.user: one user, inverse invoices',
    'message.sender: one user, inverse senderMessages',
    'message.recipient: one user, inverse recipientMessages',
    'messagesArchive.user: one user, inverse messagesArchives',
    'userInvoice.user: one user, inverse userInvoices',
  ])
})

test('a unique foreign key is a one-one', async () => {
  expect(
    await associations(`
      create table user (id integer primary key);
      create table profile (id integer primary key, user_id integer not null unique references user);
      create table lock (id integer primary key, user_id integer references user);
      create unique index lock_user on lock (user_id) where user_id > 5;`),
  ).toEqual(['lock.user: one user, inverse locks, restrict', 'profile.user: one-one user, inverse profile'])
})

test('delete rules become ties', async () => {
  const graph = await pulled(
    madeWith(`
      create table a (id integer primary key);
      create table b (id integer primary key,
        cascaded integer not null references a on delete cascade,
        unset integer references a on delete set null,
        impossible integer not null references a on delete set null,
        defaulted integer references a on delete set default,
        restricted integer references a on delete restrict,
        silent integer references a);`),
  )
  expect(associationsOf(graph).map((line) => line.replace(/: one a, inverse \w+/, ''))).toEqual([
    'b.cascaded, strong',
    'b.unset',
    'b.impossible',
    'b.defaulted, restrict',
    'b.restricted, restrict',
    'b.silent, restrict',
  ])
  expect(graph.notes.map(({ column, text }) => `${column} ${text}`)).toEqual([
    'impossible is set null on delete, which no tie does here; it restricts instead',
    'defaulted is set default on delete, which no tie does here; it restricts instead',
  ])
  const compiled = toGraph(graph).models.get('b')?.ends
  expect(compiled?.get('unset')?.onDelete).toBe('weak')
  expect(compiled?.get('impossible')?.onDelete).toBe('restrict')
})

const people = `
  create table person (id integer primary key);
  create table film (id integer primary key);`

test('a table of two foreign keys is a many-many', async () => {
  expect(
    await associations(`${people}
      create table actor (person_id integer references person, film_id integer references film,
        primary key (film_id, person_id));
      create table film_director (person_id integer not null references person, film_id integer not null
        references film on delete restrict, unique (film_id, person_id));
      create table friendship (person_id integer references person, friend_id integer references person,
        primary key (person_id, friend_id));
      create table follow (follower_id integer references person, followee_id integer references person,
        primary key (follower_id, followee_id));`),
  ).toEqual([
    'film.people: many person, inverse films',
    'film.directors: many person, inverse directorFilms',
    'person.followees: many person, inverse followers',
    'person.friends: many person, inverse friendOf',
  ])
})

test('a pairing with columns of its own has a payload', async () => {
  const graph = await pulled(
    madeWith(`${people}
      create table role (film_id integer references film, person_id integer references person,
        name text not null, film text, added_at datetime default current_timestamp, primary key (film_id, person_id));`),
  )
  expect(associationsOf(graph)).toEqual(['film.people: many with payload person, inverse films'])
  expect(fieldOf(graph, 'film.people')).toMatchObject({
    columns: { holder: 'film_id', target: 'person_id' },
    pairs: {
      table: 'role',
      payload: [
        { name: 'name', kind: 'string', optional: false },
        { name: 'filmValue', column: 'film', optional: true },
        { name: 'addedAt', kind: 'date', initial: 'now' },
      ],
    },
  })
  expect(toGraph(graph).joins.get('film.people')?.collection).toBe('role')
})

test('a pairing with an id is a model, and a many-many through it only where its rows go with both ends', async () => {
  const table = (name: string, action: string) => `
    create table ${name} (id integer primary key, film_id integer not null references film ${action},
      person_id integer not null references person ${action}, fee integer, unique (film_id, person_id));`
  const graph = await pulled(
    madeWith(`${people} ${table('engagement', 'on delete cascade')} ${table('contract', '')}`),
  )
  expect(associationsOf(graph)).toEqual([
    'contract.film: one film, inverse contracts',
    'contract.person: one person, inverse contracts',
    'engagement.film: one film, inverse engagements',
    'engagement.person: one person, inverse engagements',
    'film.people: many through engagement to person, inverse films',
  ])
  expect(graph.models.find(({ name }) => name === 'contract')?.unique).toEqual([['film', 'person']])
  expect(toGraph(graph).models.get('film')?.ends.get('people')?.through?.declared).toBe(true)
})
