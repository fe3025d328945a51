// Every kind of association in every layout of every store has the same routes, and they do the same.
import { beforeAll, describe, expect, test } from 'vitest'
import { kinds } from '../fixtures/graphs.js'
import { describeStores, type TestedStore, testedStores } from '../helpers/stores.js'
import { type Answer, type Any, type Api, serve } from './support.js'

/** An association seen from one end: where its owners are, and where the records at the other end. */
interface Case {
  readonly title: string
  readonly layout: string
  readonly graph: ReturnType<(typeof kinds)[keyof typeof kinds]>
  readonly owner: string
  readonly end: string
  readonly target: string
  readonly payload?: true
  /** a target can have one owner only, so adding it takes it from another */
  readonly moves?: true
}

const layouts = ['reference', 'array', 'join', 'mirror'] as const

const many: Case[] = [
  ...layouts.flatMap((layout): Case[] =>
    layout === 'reference' || layout === 'mirror'
      ? [
          {
            title: 'one-many',
            layout,
            graph: kinds['many-one'](layout),
            owner: 'target',
            end: 'holders',
            target: 'holder',
            moves: true,
          },
        ]
      : [],
  ),
  ...(['join', 'array', 'mirror'] as const).flatMap((layout): Case[] => {
    const graph = kinds['many-many'](layout)
    return [
      { title: 'many-many', layout, graph, owner: 'holder', end: 'targets', target: 'target', payload: true },
      {
        title: 'many-many, turned',
        layout,
        graph,
        owner: 'target',
        end: 'holders',
        target: 'holder',
        payload: true,
      },
    ]
  }),
  ...(['join', 'mirror'] as const).map((layout): Case => {
    const graph = kinds.symmetric(layout)
    return {
      title: 'symmetric',
      layout,
      graph,
      owner: 'holder',
      end: 'peers',
      target: 'holder',
      payload: true,
    }
  }),
  ...(['array', 'join'] as const).map((layout): Case => {
    const graph = kinds.many(layout)
    return { title: 'many', layout, graph, owner: 'holder', end: 'targets', target: 'target' }
  }),
]

const one: Case[] = (['reference', 'mirror'] as const).flatMap((layout): Case[] => {
  const single = kinds['one-one'](layout)
  const several = kinds['many-one'](layout)
  return [
    { title: 'one-one', layout, graph: single, owner: 'holder', end: 'target', target: 'target' },
    { title: 'one-one, turned', layout, graph: single, owner: 'target', end: 'holder', target: 'holder' },
    { title: 'many-one', layout, graph: several, owner: 'holder', end: 'target', target: 'target' },
  ]
})

const absent = '0'.repeat(24)

describeStores(testedStores, (store) => {
  describe.each(many.filter((one_) => has(store, one_)))('$title, $layout', (at) => {
    let api: Api<Any>
    let owner: string
    let a: string
    let b: string
    let c: string

    const all = () => `/${at.owner}/${owner}/${at.end}`
    const listed = async (): Promise<string[]> =>
      (await api.send(`GET ${all()}`)).body.docs.map((doc: Any) => doc.id).sort()

    beforeAll(async () => {
      api = await serve(at.graph, { store: store.open() })
      owner = await create(api, at.owner, 'owner')
      a = await create(api, at.target, 'a')
      b = await create(api, at.target, 'b')
      c = await create(api, at.target, 'c')
    })

    test('adds many, all or none', async () => {
      const added = await api.send(`POST ${all()}`, [a, { childId: b }])
      expect(added).toMatchObject({ status: 200, body: { added: [a, b], unchanged: [] } })
      const refused = await api.send(`POST ${all()}`, [c, absent])
      expect(refused.problem).toMatchObject({ status: 422, code: 'KIN_TARGET_NOT_FOUND' })
      expect(refused.problem.errors?.[0]?.pointer).toBe('/1')
      expect(await listed()).toEqual([a, b].sort())
    })

    test('lists with filters, order and totals', async () => {
      const { body } = await api.send(`GET ${all()}?$sort=-name&$limit=1`)
      expect(body.docs.map((doc: Any) => doc.name)).toEqual(['b'])
      expect(body).toMatchObject({ pages: { next: 2, total: 2 }, items: { total: 2 } })
      const second = await api.send(`GET ${all()}?$sort=-name&$limit=1&$page=2`)
      expect(second.body.docs.map((doc: Any) => doc.name)).toEqual(['a'])
      expect((await api.send(`GET ${all()}?name=a`)).body.items.total).toBe(1)
    })

    test('replaces the whole list', async () => {
      expect((await api.send(`PUT ${all()}`, [b, c])).body).toMatchObject({ added: [c], removed: [a] })
      expect(await listed()).toEqual([b, c].sort())
    })

    test('adds one and removes one, as often as asked', async () => {
      expect((await api.send(`PUT ${all()}/${a}`)).body).toMatchObject({ added: [a] })
      expect((await api.send(`PUT ${all()}/${a}`)).body).toMatchObject({ added: [], unchanged: [a] })
      expect((await api.send(`DELETE ${all()}/${a}`)).body).toMatchObject({ removed: [a] })
      expect((await api.send(`DELETE ${all()}/${a}`)).body).toMatchObject({ removed: [], unchanged: [a] })
      const refused = await api.send(`PUT ${all()}/${absent}`)
      expect(refused.problem).toMatchObject({ status: 422, code: 'KIN_TARGET_NOT_FOUND' })
    })

    test('keeps what pairings say', async () => {
      const answer = await api.send(`POST ${all()}`, [{ childId: a, note: 'new' }])
      const expected = at.payload
        ? { status: 200, body: { added: [a] } }
        : { status: 422, problem: { errors: [{ pointer: '/0/note' }] } }
      expect(answer).toMatchObject(expected)
      if (!at.payload) return
      expect((await api.send(`PUT ${all()}/${a}`, { note: 'old' })).body).toMatchObject({ updated: [a] })
      const { body } = await api.send(`GET ${all()}?$link[note]=old`)
      expect(body.docs).toEqual([{ id: a, name: 'a', $link: { note: 'old' }, ...rest(body.docs[0]) }])
      const sorted = await api.send(`GET ${all()}?$sort=-$link.note`)
      expect(sorted.body.docs[0].id).toBe(a)
      const wrong = await api.send(`PUT ${all()}/${a}`, { nota: 'x' })
      expect(wrong.problem.errors).toEqual([
        { pointer: '/nota', detail: 'There is no field "nota". Did you mean "note"?' },
      ])
    })

    test('removes many', async () => {
      await api.send(`PUT ${all()}`, [a, b, c])
      expect((await api.send(`DELETE ${all()}`, [a, { childId: b }])).body).toMatchObject({ removed: [a, b] })
      expect(await listed()).toEqual([c])
    })

    test('takes a target from another owner only where it can have one', async () => {
      const other = await create(api, at.owner, 'other')
      await api.send(`PUT /${at.owner}/${other}/${at.end}`, [c])
      expect(await listed()).toEqual(at.moves ? [] : [c])
    })

    test('refuses owners that are absent with 404 and malformed ids with 400', async () => {
      const path = `/${at.owner}/${absent}/${at.end}`
      const answers: Answer[] = [
        await api.send(`GET ${path}`),
        await api.send(`POST ${path}`, [a]),
        await api.send(`PUT ${path}`, [a]),
        await api.send(`DELETE ${path}`, [a]),
        await api.send(`PUT ${path}/${a}`),
        await api.send(`DELETE ${path}/${a}`),
      ]
      expect(answers.map(({ status, problem }) => [status, problem.code])).toEqual(
        answers.map(() => [404, 'KIN_NOT_FOUND']),
      )
      const malformed = await api.send(`PUT ${all()}/x`)
      expect(malformed.problem).toMatchObject({ status: 400, errors: [{ parameter: 'childId' }] })
    })
  })

  describe.each(one.filter((one_) => has(store, one_)))('$title, $layout', (at) => {
    test('is read, set and unset', async () => {
      const api: Api<Any> = await serve(at.graph, { store: store.open() })
      const owner = await create(api, at.owner, 'owner')
      const a = await create(api, at.target, 'a')
      const b = await create(api, at.target, 'b')
      const path = `/${at.owner}/${owner}/${at.end}`
      expect((await api.send(`GET ${path}`)).problem).toMatchObject({ status: 404, code: 'KIN_NOT_FOUND' })
      expect((await api.send(`PUT ${path}`, a)).body).toMatchObject({ added: [a] })
      expect((await api.send(`GET ${path}`)).body).toMatchObject({ id: a, name: 'a' })
      expect((await api.send(`PUT ${path}`, { childId: b })).body).toMatchObject({ added: [b], removed: [a] })
      expect((await api.send(`PUT ${path}`, { childId: b })).body).toMatchObject({ unchanged: [b] })
      expect((await api.send(`PUT ${path}`, absent)).problem).toMatchObject({
        status: 422,
        errors: [{ pointer: '' }],
      })
      expect((await api.send(`DELETE ${path}`)).body).toMatchObject({ removed: [b] })
      expect((await api.send(`DELETE ${path}`)).status).toBe(200)
      expect((await api.send(`GET ${path}`)).status).toBe(404)
      const other = `/${at.owner}/${absent}/${at.end}`
      const answers = [
        await api.send(`GET ${other}`),
        await api.send(`PUT ${other}`, a),
        await api.send(`DELETE ${other}`),
      ]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    })
  })
})

function has({ layouts: known }: TestedStore, { layout }: Case): boolean {
  return layout === 'reference' || known.some((other) => other === layout)
}

/** Ids of associations at the record's own, which are not looked at here. */
function rest({ id: _id, name: _name, $link: _link, ...others }: Any): object {
  return others
}

async function create(api: Api<Any>, model: string, name: string): Promise<string> {
  return (await api.send(`POST /${model}`, { name })).body.id
}
