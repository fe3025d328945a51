/** Where a command's words go. */
export interface Terminal {
  /** Results: what another program may read. */
  readonly out: (text: string) => void
  /** What is said about them to people. */
  readonly err: (text: string) => void
  /** The folder that relative paths start from. */
  readonly cwd: string
}
