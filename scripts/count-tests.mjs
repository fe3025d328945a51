// Prints `passed failed skipped` of a Vitest JSON report.
// Usage: node scripts/count-tests.mjs <report> <exit code of the run>
import { readFileSync } from 'node:fs'

const [path = '', code] = process.argv.slice(2)
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests } = JSON.parse(
  readFileSync(path, 'utf8'),
)

if (!(numTotalTests > 0)) throw new Error(`${path} reports no test`)

// A file that can't be loaded, an error outside of any test or a crash fails the run without failing a test.
const failed = numFailedTests === 0 && code !== '0' ? 1 : numFailedTests
console.log(numPassedTests, failed, numPendingTests + numTodoTests)
