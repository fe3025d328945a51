import { fail } from '../errors/index.js'
import type { Resources } from './resource.js'

/** Paths that would lead to more than one thing. @throws KIN_PATH_CLASH with all of them */
export function checkPaths(resources: Resources, others: Readonly<Record<string, string>>): void {
  const known = new Map<string, string[]>()
  const add = (path: string, of: string): void => {
    known.set(path, [...(known.get(path) ?? []), of])
  }
  for (const [path, of] of Object.entries(others)) add(path, of)
  for (const { path, name, routed, allow, model } of resources.values()) {
    add(`/${path}`, `model "${name}"`)
    if (allow.delete) add(`/${path}/{id}/delete-plan`, 'the delete plan')
    if (allow.delete && model.softDelete) add(`/${path}/{id}/restore`, 'restoring')
    for (const end of routed) add(`/${path}/{id}/${end.path}`, `association "${name}.${end.name}"`)
  }
  const clashes = [...known].filter(([, of]) => of.length > 1).map(([path, of]) => ({ path, of }))
  if (clashes.length === 0) return
  const lines = clashes.map(({ path, of }) => `${path} would be of ${of.join(' and of ')}`)
  fail('KIN_PATH_CLASH', {
    message: `Two routes of the REST API would have the same path: ${lines.join('; ')}.`,
    details: { clashes },
  })
}
