/** What is printed of a plan; `DeletePlan` has it all. */
export interface PrintablePlan {
  readonly model: string
  readonly hard: boolean
  readonly irreversible: boolean
  readonly unset: readonly Met[]
  readonly removed: readonly Met[]
  readonly dangling: readonly Met[]
  readonly blockers: readonly Met[]
  records(): Iterable<Reached>
}

interface Met {
  readonly association: string
  readonly model: string
  readonly count: number
}

interface Reached {
  readonly model: string
  readonly id: string | number
  readonly outcome: 'deleted' | 'softDeleted'
  readonly level: number
  readonly via: {
    readonly association: string
    readonly tie: string
    readonly model: string
    readonly id: string | number
  } | null
}

/** Records that were reached over the same associations in the same way. */
interface Branch {
  readonly words: string
  readonly outcome: Reached['outcome']
  readonly ids: (string | number)[]
  count: number
  readonly below: Map<string, Branch>
}

const NAMED = 3

/**
 * A plan as a tree for people: what goes, by the way that leads there, then what becomes of references.
 *
 * @example
 * delete user 1 (soft)
 * ├─ profile.user: 1 profile, soft-deleted (7)
 * └─ post.author: 2 post, soft-deleted (4, 9)
 *    └─ comment.post: 6 comment, deleted for good (1, 2, 3 and 3 more)
 * unset: comment.by of 4 comment
 */
export function formatPlan(plan: PrintablePlan): string {
  const roots = branchesOf(plan)
  const lines = [...roots.values()].flatMap((root) => [
    `delete ${plan.model}${listed(root)} (${root.outcome === 'deleted' ? 'for good' : 'soft'})`,
    ...treeBelow(root, ''),
  ])
  if (plan.irreversible) lines.push('cannot be undone in full: what is deleted for good stays so')
  lines.push(...metLines('unset', plan.unset), ...metLines('removed', plan.removed))
  lines.push(...metLines('left dangling', plan.dangling), ...metLines('refused because of', plan.blockers))
  return lines.join('\n')
}

function branchesOf(plan: PrintablePlan): Map<string, Branch> {
  const roots = new Map<string, Branch>()
  const places = new Map<string, Branch>()
  // By levels, so that what led to a record comes before it.
  for (const record of [...plan.records()].sort((a, b) => a.level - b.level)) {
    const around = record.via === null ? roots : places.get(keyOf(record.via))!.below
    places.set(keyOf(record), grow(around, record))
  }
  return roots
}

function grow(around: Map<string, Branch>, { via, model, id, outcome }: Reached): Branch {
  const words = via === null ? model : `${via.association}: %d ${model}`
  const key = `${words} ${outcome}`
  const branch = around.get(key) ?? { words, outcome, ids: [], count: 0, below: new Map<string, Branch>() }
  around.set(key, branch)
  branch.count++
  if (branch.ids.length < NAMED) branch.ids.push(id)
  return branch
}

const keyOf = ({ model, id }: { readonly model: string; readonly id: string | number }): string =>
  JSON.stringify([model, id])

function treeBelow({ below }: Branch, indent: string): string[] {
  const branches = [...below.values()]
  return branches.flatMap((branch, index) => {
    const isLast = index === branches.length - 1
    const how = branch.outcome === 'deleted' ? 'deleted for good' : 'soft-deleted'
    const words = branch.words.replace('%d', String(branch.count))
    return [
      `${indent}${isLast ? '└─' : '├─'} ${words}, ${how} (${idsOf(branch)})`,
      ...treeBelow(branch, `${indent}${isLast ? '   ' : '│  '}`),
    ]
  })
}

const listed = (root: Branch): string => (root.count === 1 ? ` ${root.ids[0]}` : ` ${idsOf(root)}`)

function idsOf({ ids, count }: Branch): string {
  const more = count - ids.length
  return more > 0 ? `${ids.join(', ')} and ${more} more` : ids.join(', ')
}

const metLines = (words: string, met: readonly Met[]): string[] =>
  met.map(({ association, model, count }) => `${words}: ${association} of ${count} ${model}`)
