export { compileRead } from './compile-read.js'
