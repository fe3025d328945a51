/** A query as it is given: what it says is checked where its plan is made, but for what the call itself looks at. */
export interface Call {
  readonly signal?: AbortSignal | undefined
  readonly [option: string]: unknown
}
