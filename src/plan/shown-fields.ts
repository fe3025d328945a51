import { fail, unknownName } from '../errors/index.js'
import type { Field, Model } from '../schema/graph.js'
import { isShownHere } from './members.js'
import type { PopulateGuide } from './guide.js'
import { refuseShape } from './refuse.js'
import { shownMembers } from './shown-members.js'

/** The options that decide which fields are shown. */
export interface Shaping {
  readonly select: unknown
  readonly omit: unknown
  readonly reveal: unknown
}

/**
 * The fields that a node shows, in the order of the result (R34). `populated` are the names that something is loaded under: an
 * end takes the place of its ids, an embedded structure is shown in any case.
 */
export function shownFields(
  model: Model,
  { select, omit, reveal }: Shaping,
  populated: ReadonlyMap<string, PopulateGuide>,
  path: string,
): Field[] {
  if (select !== undefined && omit !== undefined) {
    return fail('KIN_INVALID_QUERY', {
      message: '`select` and `omit` exclude each other.',
      path: at(path, 'select'),
      hint: 'Name the fields to return in `select`, or those to leave out in `omit`.',
    })
  }
  const revealed = reveal === undefined ? noNames : revealedNames(reveal, model, at(path, 'reveal'))
  const known = { model, populated, revealed }
  const selected = select === undefined ? null : names(select, known, at(path, 'select'))
  const omitted = omit === undefined ? null : names(omit, known, at(path, 'omit'))
  const shown = selected ? fieldsNamed(selected, model) : unhidden(model, omitted)
  shown.push(...fieldsNamed(revealed, model).filter((field) => !shown.includes(field)))
  for (const [name, guide] of populated) {
    const field = model.fields.get(name)
    if (!replacesField(guide) && field && !shown.includes(field)) shown.push(field)
  }
  return shown
    .filter((field) => !replacesField(populated.get(field.name)))
    .map((field) => shownMembers(field, populated.get(field.name)))
}

/** Records take the place of a field's ids; those inside embedded structures are put into the field. */
function replacesField(guide: PopulateGuide | undefined): boolean {
  return guide?.edge ? !guide.edge.embedded : false
}

function at(path: string, option: string): string {
  return path === '' ? option : `${path}.${option}`
}

function unhidden(model: Model, omitted: ReadonlySet<string> | null): Field[] {
  return [...model.fields.values()].filter((field) => !field.hidden && !omitted?.has(field.name))
}

function fieldsNamed(chosen: ReadonlySet<string>, model: Model): Field[] {
  return [...chosen].flatMap((name) => model.fields.get(name) ?? [])
}

function words(list: unknown, path: string): readonly string[] {
  if (!Array.isArray(list)) return refuseShape(path, 'a list of field names', list)
  return list.map((name, index) =>
    typeof name === 'string' ? name : refuseShape(`${path}[${index}]`, 'a field name', name),
  )
}

interface Known {
  readonly model: Model
  readonly populated: ReadonlyMap<string, PopulateGuide>
  readonly revealed: ReadonlySet<string>
}

const noNames: ReadonlySet<string> = new Set()

function names(list: unknown, { model, populated, revealed }: Known, path: string): ReadonlySet<string> {
  const chosen = new Set<string>()
  words(list, path).forEach((name, index) => {
    const field = model.fields.get(name)
    const place = `${path}[${index}]`
    if (field && (!field.hidden || revealed.has(name))) chosen.add(name)
    else if (populated.has(name)) return
    else if (model.ends.has(name)) refuseEnd(name, model, place)
    else if (field) refuseHidden(name, model, place)
    else unknownField(name, model, (known) => !known.hidden, place)
  })
  return chosen
}

function revealedNames(list: unknown, model: Model, path: string): ReadonlySet<string> {
  const chosen = new Set<string>()
  words(list, path).forEach((name, index) => {
    const field = model.fields.get(name)
    if (field && isShownHere(field)) chosen.add(name)
    else unknownField(name, model, isRevealable, `${path}[${index}]`)
  })
  return chosen
}

const isRevealable = (field: Field): boolean => field.hidden && isShownHere(field)

function refuseEnd(name: string, model: Model, path: string): never {
  return fail('KIN_INVALID_QUERY', {
    message: `"${name}" of model "${model.name}" is an association end, which is shown when it is populated.`,
    path,
    hint: `Name it in \`populate\`: { ${name}: true }.`,
  })
}

function refuseHidden(name: string, model: Model, path: string): never {
  return fail('KIN_INVALID_QUERY', {
    message: `The field "${name}" of model "${model.name}" is hidden.`,
    path,
    hint: `Ask for it with \`reveal\`: ['${name}'].`,
  })
}

function unknownField(word: string, model: Model, among: (field: Field) => boolean, path: string): never {
  const candidates = [...model.fields.values()].filter(among).map((field) => field.name)
  return unknownName('KIN_UNKNOWN_FIELD', {
    word,
    kind: 'field',
    where: `model "${model.name}"`,
    candidates,
    path,
  })
}
