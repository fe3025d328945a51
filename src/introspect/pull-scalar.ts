import type { ColumnDescription } from '../store/description.js'
import { words } from './names/words.js'
import type { Note, PulledScalar } from './pulled-graph.js'

/** Words in the names of columns that nobody else should see. */
const secrets = 'password passwd passphrase pwd secret token salt apikey'.split(' ')

const soundsSecret = (column: string): boolean => {
  const parts = words(column)
  return secrets.some((word) => parts.includes(word)) || parts.join(' ').includes('api key')
}

/**
 * The field of a column that is no key and no reference; null, with a note, where there can be none.
 *
 * @param name what it is to be called
 */
export function pullScalar(
  table: string,
  column: ColumnDescription,
  unique: boolean,
  notes: Note[],
  name: () => string,
): PulledScalar | null {
  const note = (text: string): void => void notes.push({ table, column: column.name, text })
  const { content, initial, required } = column
  if (column.generated) {
    note('is computed by the database, and left out')
    return null
  }
  if (content === null) {
    const consequence =
      required && initial.kind === 'none' ? '; records can be read and changed, but not created' : ''
    note(`(${column.words}) is left out: no field can hold that${consequence}`)
    return null
  }
  if (required && initial.kind === 'computed') {
    note('has a default that only the database can compute; it must be given on create')
  }
  const hidden = soundsSecret(column.name)
  if (hidden) note('is hidden, because its name sounds like a secret; queries can `reveal` it')
  return {
    type: 'scalar',
    name: name(),
    kind: content.kind,
    precision: content.precision,
    scale: content.scale,
    values: content.values,
    codec: content.codec,
    column: column.name,
    optional: !required,
    unique: unique && content.kind !== 'json',
    hidden,
    initial: initialOf(column),
  }
}

function initialOf({ initial, content }: ColumnDescription): PulledScalar['initial'] {
  if (initial.kind === 'now' && content?.kind === 'date') return 'now'
  return initial.kind === 'value' ? { value: initial.value } : null
}
