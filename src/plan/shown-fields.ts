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
  const selected = select === undefined ? null : names(select, model, populated, at(path, 'select'))
  const omitted = omit === undefined ? null : names(omit, model, populated, at(path, 'omit'))
  const revealed = reveal === undefined ? null : hiddenNames(reveal, model, at(path, 'reveal'))
  const shown = selected ? fieldsNamed(selected, model) : unhidden(model, omitted)
  if (revealed) shown.push(...fieldsNamed(revealed, model))
  for (const [name, guide] of populated) {
    const field = model.fields.get(name)
    if (!guide.edge && field && !shown.includes(field)) shown.push(field)
  }
  return shown
    .filter((field) => !populated.get(field.name)?.edge)
    .map((field) => shownMembers(field, populated.get(field.name)))
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

function names(
  list: unknown,
  model: Model,
  populated: ReadonlyMap<string, PopulateGuide>,
  path: string,
): ReadonlySet<string> {
  const chosen = new Set<string>()
  words(list, path).forEach((name, index) => {
    const field = model.fields.get(name)
    const place = `${path}[${index}]`
    if (field && !field.hidden) chosen.add(name)
    else if (populated.has(name)) return
    else if (model.ends.has(name)) refuseEnd(name, model, place)
    else if (field) refuseHidden(name, model, place)
    else unknownField(name, model, (known) => !known.hidden, place)
  })
  return chosen
}

function hiddenNames(list: unknown, model: Model, path: string): ReadonlySet<string> {
  const chosen = new Set<string>()
  words(list, path).forEach((name, index) => {
    const field = model.fields.get(name)
    const place = `${path}[${index}]`
    if (field?.hidden && isShownHere(field)) chosen.add(name)
    else if (!field || !isShownHere(field)) unknownField(name, model, isRevealable, place)
    else {
      fail('KIN_INVALID_QUERY', {
        message: `The field "${name}" of model "${model.name}" is not hidden.`,
        path: place,
        hint: 'It is shown unless `select` or `omit` leaves it out.',
      })
    }
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
