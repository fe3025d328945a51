import type { Field } from '../schema/graph.js'
import type { PopulateGuide } from './guide.js'

/**
 * An embedded structure without its hidden members: the field itself where nothing in it is hidden. Members that are populated
 * are asked for, hidden or not.
 */
export function shownMembers(field: Field, populated: PopulateGuide | undefined): Field {
  if (field.item) {
    const item = shownMembers(field.item, populated)
    return item === field.item ? field : { ...field, item }
  }
  if (!field.fields) return field
  const members = [...field.fields.values()]
  const shown = members
    .filter((member) => !member.hidden || populated?.members.has(member.name))
    .map((member) => shownMembers(member, populated?.members.get(member.name)))
  const whole = shown.length === members.length && shown.every((member, index) => member === members[index])
  return whole ? field : { ...field, fields: new Map(shown.map((member) => [member.name, member])) }
}
