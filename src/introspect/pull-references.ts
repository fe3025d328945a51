import { isUnique, type ModelDraft } from './model-draft.js'
import { camelCase, plural, without, withoutEnd, words } from './names/words.js'
import type { Note, PulledOne } from './pulled-graph.js'
import type { Reference } from './sort-tables.js'

/** A reference that has its own name already, and whose inverse has none yet. */
export interface NamedReference {
  readonly reference: Reference
  readonly holder: ModelDraft
  readonly target: ModelDraft
  readonly name: string
  readonly stem: readonly string[]
}

/** Names a reference: `ArtistId` is `artist`, `reports_to` is `reportsTo`. */
export function nameReference(reference: Reference, holder: ModelDraft, target: ModelDraft): NamedReference {
  const { column } = reference
  const stem = stemOf(reference, target.words)
  const name = holder.names.take(camelCase(stem), camelCase(words(column.name)))
  return { reference, holder, target, name, stem }
}

/** What a foreign key's column says besides that it is one. */
export function stemOf({ column, target }: Reference, targetWords: readonly string[]): readonly string[] {
  const all = words(column.name)
  const stem =
    withoutEnd(all, words(target.key.name)) ??
    withoutEnd(all, ['id']) ??
    withoutEnd(all, ['fk']) ??
    without(all, ['id']) ??
    without(all, ['fk']) ??
    all
  const bare = without(stem, ['fk']) ?? stem
  return bare.length === 0 || (bare.length === 1 && bare[0] === 'id') ? targetWords : bare
}

/**
 * Names the inverse of each reference, and completes it.
 *
 * @param serving references that make up the pairs of another association, whose ties are theirs
 */
export function completeReferences(
  named: readonly NamedReference[],
  serving: ReadonlySet<Reference>,
  notes: Note[],
): void {
  for (const each of named) {
    const { reference, holder, target, name } = each
    const unique = isUnique(holder, reference.column.name)
    const siblings = named.filter((other) => other.holder === holder && other.target === target).length
    const inverse = target.names.take(...inverseNames(each, unique, siblings > 1))
    holder.fields.set(reference.column.name, {
      type: 'one',
      name,
      target: target.name,
      inverse,
      onDelete: serving.has(reference) ? null : tieOf(holder, reference, notes),
      column: reference.column.name,
      optional: !reference.column.required,
      unique,
    })
  }
}

/** What the other end may be called, best first. */
function inverseNames(
  { holder, target, stem }: NamedReference,
  unique: boolean,
  several: boolean,
): readonly string[] {
  const number = unique ? (parts: readonly string[]) => parts : plural
  const whole = number(holder.words)
  const qualified = camelCase([...stem, ...whole])
  if (holder === target) return [camelCase(selfInverse(stem, number)), qualified]
  if (several && camelCase(stem) !== target.name) return [qualified]
  // Of an invoice the invoice lines are simply the lines.
  const short = number(without(holder.words, target.words) ?? holder.words)
  return [camelCase(short), camelCase(whole), qualified]
}

/** Of a tree: `parent` and `children`, `reportsTo` and `reports`, `manager` and `managerOf`. */
function selfInverse(
  stem: readonly string[],
  number: (parts: readonly string[]) => readonly string[],
): readonly string[] {
  if (stem.at(-1) === 'parent') return [...stem.slice(0, -1), ...number(['child'])]
  const before = withoutEnd(stem, ['to'])
  return before === null ? [...stem, 'of'] : number(before)
}

/** The tie that does what the database does; null where it is the default. */
function tieOf(holder: ModelDraft, { column, onDelete }: Reference, notes: Note[]): PulledOne['onDelete'] {
  if (onDelete === 'cascade') return 'strong'
  if (onDelete === 'set null' && !column.required) return null
  if (onDelete === 'set null' || onDelete === 'set default') {
    notes.push({
      table: holder.table.name,
      column: column.name,
      text: `is ${onDelete} on delete, which no tie does here; it restricts instead`,
    })
  }
  return column.required ? null : 'restrict'
}
