import type { Capabilities } from '../../store/store.js'
import type { DraftChild } from '../draft.js'

/** Why a strategy cannot load a node, in words that follow "because"; null where it can. */
export type Obstacle = (child: DraftChild, capabilities: Capabilities) => string | null
