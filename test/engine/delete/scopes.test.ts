import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../../src/index.js'
import { open, refusal } from './database.js'

const soft = { softDelete: true } as const

const graph = defineGraph({
  project: k.model({ team: k.string() }, soft),
  task: k.model({ team: k.string(), project: k.one('project', { onDelete: 'soft' }) }, soft),
  note: k.model({ team: k.string(), project: k.one('project').optional() }),
  lock: k.model({ team: k.string(), project: k.one('project', { onDelete: 'restrict' }) }),
  folder: k.model({ team: k.string(), projects: k.many('project', { inverse: 'folders' }) }),
  link: k.model({ team: k.string(), project: k.one('project', { onDelete: 'dirty' }) }),
})

const red = { team: 'red' }
const blue = { team: 'blue' }
const scopes = { project: red, task: red, note: red, lock: red, folder: red, link: red }

async function world() {
  const { db } = await open(graph)
  const project = (await db.project.create(red)).id
  return { db, mine: db.scoped(scopes), project }
}

describe('R35: deletes of a scoped caller', () => {
  test('what is outside of the scope is not there', async () => {
    const { db, mine } = await world()
    const theirs = (await db.project.create(blue)).id
    for (const call of [
      mine.project.delete(theirs),
      mine.project.planDelete(theirs),
      mine.project.restore(theirs),
    ]) {
      expect(await refusal(call)).toMatchObject({ code: 'KIN_NOT_FOUND', details: { ids: [theirs] } })
    }
    expect(await mine.project.deleteMany({})).toMatchObject({ softDeleted: { project: 1 } })
    expect(await db.project.findById(theirs)).not.toBeNull()
  })

  test.each([
    ['what goes with it', 'task', false],
    ['a holder whose reference is unset', 'note', false],
    ['a holder in the way', 'lock', false],
    ['a list that loses an entry', 'folder', true],
    ['a reference left dangling', 'link', true],
  ] as const)(
    'a closure that reaches outside is forbidden, and nothing is written: %s',
    async (_what, model, hard) => {
      const { db, mine, project } = await world()
      const data = { ...blue, ...(model === 'folder' ? { projects: [project] } : { project }) }
      const other = await (db[model].create as (data: object) => Promise<{ id: string }>)(data)
      for (const call of [
        mine.project.delete(project, { hard }),
        mine.project.planDelete(project, { hard }),
      ]) {
        const error = await refusal(call)
        expect(error).toMatchObject({ code: 'KIN_FORBIDDEN', details: { model, action: 'delete' } })
        expect(JSON.stringify(error)).not.toContain(other.id)
      }
      expect(await db.project.findById(project)).not.toBeNull()
      // The same within the scope is allowed, or refused for its own reason.
      await (db[model].update as (id: string, data: object) => Promise<unknown>)(other.id, red)
      const refused = model === 'lock' ? refusal(mine.project.delete(project)) : null
      expect(refused ? (await refused).code : await mine.project.delete(project, { hard })).toBeDefined()
    },
  )

  test('restores and purges stay within it, too', async () => {
    const { db, mine, project } = await world()
    const task = await db.task.create({ ...blue, project })
    await db.project.delete(project)
    expect(await refusal(mine.project.restore(project))).toMatchObject({ code: 'KIN_FORBIDDEN' })
    expect(await refusal(mine.project.purge({ before: new Date(Date.now() + 1000) }))).toMatchObject({
      code: 'KIN_FORBIDDEN',
    })
    expect(await db.task.findById(task.id, { deleted: 'only' })).not.toBeNull()
    await db.project.restore(project)
    await db.task.delete(task.id, { hard: true })
    const note = await db.note.create({ ...red, project })
    await db.project.delete(project)
    await db.note.update(note.id, blue)
    expect(await refusal(mine.project.restore(project))).toMatchObject({
      code: 'KIN_FORBIDDEN',
      details: { model: 'note' },
    })
    expect(await db.project.findById(project)).toBeNull()
    expect(await db.note.findById(note.id)).toMatchObject({ project: null })
  })
})
