import type { MongoError } from 'mongodb'

/** An error of the driver, of whichever copy of it: a client that is passed in may come from another one. */
export const isDriverError = (error: unknown): error is MongoError =>
  error instanceof Error && 'hasErrorLabel' in error && typeof error.hasErrorLabel === 'function'
