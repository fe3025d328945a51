import type { Capabilities } from '../../store/store.js'
import type { Deployment, Features } from './deployment.js'
import { isolation } from './isolation.js'
import type { Target } from './options.js'

/** What a deployment can do, as the engine asks for it. */
export function capabilitiesOf(deployment: Deployment, target: Target): Capabilities {
  return {
    // Measured beside the driver by hand: a lookup is made for every record, a batch takes each target once.
    strategies: deployment.features.lookup ? ['join', 'batch', 'aggregate'] : ['batch'],
    joinsForOne: true,
    layouts: ['reference', 'array', 'mirror', 'join'],
    inexactInAggregates: [],
    isolation,
    maxClosure: target.maxClosure,
    assignsIntegerIds: true,
    readOnly: false,
    description: describe(deployment),
  }
}

const words: Readonly<Record<keyof Features, string>> = {
  lookup: '$lookup',
  windows: '$setWindowFields',
  sortArray: '$sortArray',
}

function describe({ kind, version, features }: Deployment): string {
  const names = Object.keys(words) as (keyof Features)[]
  const list = (wanted: boolean): string =>
    names
      .filter((name) => features[name] === wanted)
      .map((name) => words[name])
      .join(', ')
  const [used, unused] = [list(true), list(false)]
  return `MongoDB ${version}, ${kind}${used && `, with ${used}`}${unused && `, without ${unused}`}`
}
