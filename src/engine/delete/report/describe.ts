import type { Model } from '../../../schema/graph.js'
import { consequences } from '../../../ties/consequences.js'
import { PlanHash } from '../../../ties/plan-hash.js'
import type { DeletePlan } from '../../../types/reports.js'
import type { Unit } from '../../write/unit.js'
import { findings } from '../answer.js'
import { embeddedCuts } from '../embedded/embedded-cuts.js'
import { lostEntries } from '../entries.js'
import type { HeldClosure } from '../ledger/ledger.js'
import { shelfPages } from '../ledger/shelf-pages.js'
import { WeakReferences } from '../weak-references.js'
import { BlockersMet, HoldersMet } from './met-holders.js'

type Id = string | number
type Described = Pick<DeletePlan, 'unset' | 'removed' | 'dangling' | 'blockers' | 'hash'>

/** What a closure does to others, and the hash of everything it does; its effects are read for this, and nothing is written. */
export async function describe(unit: Unit, closure: HeldClosure, hard: boolean): Promise<Described> {
  const hash = new PlanHash()
  hash.add(['hard', String(hard)])
  for await (const { model, fates } of shelfPages(closure)) {
    for (const [id, { outcome }] of fates) {
      hash.add([outcome === 'strong' ? 'deleted' : 'softDeleted', model.name, id as Id])
    }
  }
  const unset = await describeUnset(unit, closure, hash)
  const removed = await describeRemoved(unit, closure, hash)
  const dangling = await describeDangling(unit, closure)
  const blockers = await describeBlockers(unit, closure, hash)
  return { unset, removed, dangling, blockers, hash: hash.text }
}

async function describeUnset(unit: Unit, closure: HeldClosure, hash: PlanHash) {
  const met = new HoldersMet()
  const add = (model: Model, holder: unknown, place: readonly Id[]): void => {
    met.add([model.name, ...place.filter((part) => typeof part === 'string')].join('.'), model, holder)
    hash.add(['unset', model.name, holder as Id, ...place])
  }
  const references = new WeakReferences(unit, closure)
  for await (const tied of references.pages())
    for (const { edge, holder } of tied) add(edge.from, holder, edge.path)
  for await (const { model, records } of embeddedCuts(unit, references.embedded)) {
    for (const { id, cuts } of records) for (const { place } of cuts) add(model, id, place)
  }
  return met.list
}

async function describeRemoved(unit: Unit, closure: HeldClosure, hash: PlanHash) {
  const met = new HoldersMet()
  for await (const { edge, pairs } of lostEntries(unit, closure)) {
    for (const { holder, target } of pairs) {
      met.add(edge.association, edge.from, holder)
      hash.add(['removed', edge.association, holder as Id, target as Id])
    }
  }
  return met.list
}

async function describeDangling(unit: Unit, closure: HeldClosure) {
  const met = new HoldersMet()
  for await (const tied of findings(unit, consequences(closure, 'dangling'), closure.ledger)) {
    for (const { edge, holder } of tied) met.add(edge.association, edge.from, holder)
  }
  return met.list
}

async function describeBlockers(unit: Unit, closure: HeldClosure, hash: PlanHash) {
  const met = new BlockersMet()
  for await (const tied of findings(unit, consequences(closure, 'restrict'), closure.ledger)) {
    for (const { edge, holder } of met.add(tied)) hash.add(['blocks', edge.association, holder as Id])
  }
  return met.list
}
