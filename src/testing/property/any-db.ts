/** A database whose graph is known at run time only. */
export type AnyDb = Readonly<Record<string, AnyRepository>> & AnyMembers

/** Methods by name, of a repository or a handle. */
export type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

type AnyRepository = Methods & { readonly at: (id: unknown) => Readonly<Record<string, Methods>> }

interface AnyMembers {
  readonly transaction: (body: (tx: AnyDb) => Promise<unknown>) => Promise<unknown>
  readonly scoped: (scopes: unknown) => AnyDb
  readonly purge: (options: unknown) => Promise<unknown>
  readonly sync: () => Promise<unknown>
  readonly close: () => Promise<void>
}
