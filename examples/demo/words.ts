export const countries = { AT: 'Austria', CH: 'Switzerland', DE: 'Germany', FR: 'France', IT: 'Italy' }
/** by country */
export const cities = {
  AT: ['Graz', 'Vienna'],
  CH: ['Basel', 'Bern'],
  DE: ['Berlin', 'Munich'],
  FR: ['Lyon', 'Nantes'],
  IT: ['Milan', 'Turin'],
}
export const streets = [
  'Mill Lane',
  'Station Road',
  'High Street',
  'Park Avenue',
  'Market Square',
  'Harbour Street',
]
export const firstNames = [
  'Ada',
  'Alan',
  'Barbara',
  'Dennis',
  'Edsger',
  'Frances',
  'Grace',
  'Hedy',
  'Ken',
  'Margaret',
]
export const lastNames = [
  'Allen',
  'Baker',
  'Cook',
  'Fisher',
  'Gardener',
  'Hunter',
  'Miller',
  'Porter',
  'Smith',
  'Weaver',
]
export const adjectives = [
  'Blue',
  'Folding',
  'Heavy',
  'Light',
  'Quiet',
  'Round',
  'Simple',
  'Sturdy',
  'Warm',
  'Wooden',
]
export const tags = [
  'new',
  'sale',
  'handmade',
  'organic',
  'recycled',
  'local',
  'gift',
  'classic',
  'durable',
  'limited',
]
export const opinions = [
  'Does what it should.',
  'Broke after a week.',
  'A joy to use.',
  'Smaller than I thought.',
  'Again!',
]

/** Categories, what they have below them, and at the leaves the things that are sold there. */
export const catalogue = {
  Home: {
    Kitchen: ['Kettle', 'Pan', 'Bowl', 'Knife'],
    Living: ['Lamp', 'Chair', 'Rug'],
    Bath: ['Towel', 'Mirror'],
  },
  Outdoor: {
    Garden: ['Spade', 'Hose', 'Bench'],
    Camping: ['Tent', 'Stove', 'Lantern'],
    Water: ['Kayak', 'Oar'],
  },
  Leisure: {
    Games: ['Puzzle', 'Chess Set', 'Kite'],
    Music: ['Flute', 'Drum', 'Ukulele'],
    Books: ['Atlas', 'Novel'],
  },
}
